"""Keeps the same log line, said over and over, from filling a disk: a few are logged, the rest is counted."""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

LIMIT = 5
"""Lines of one kind within `WINDOW` seconds that are logged."""

WINDOW = 60.0

MAX_KINDS = 1_000
"""Kinds of lines remembered at once; the oldest go first."""

Key = tuple[str, str, str]
"""The logger, the message before its values are filled in, and the kind of exception."""


@dataclass(slots=True)
class Repeated:
    """How many lines of a kind came since a moment, and the last one that wasn't logged."""

    since: float
    count: int = 0
    last: logging.LogRecord | None = None


class RepeatFilter(logging.Filter):
    """Lets the first lines of each kind through. `tell` logs how many more there were, once the minute is over.

    That is found out as the next line of any kind comes, or by `flush`.
    """

    def __init__(
        self, tell: Callable[[logging.LogRecord], object], clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__()
        self._tell, self._clock = tell, clock
        self._kinds: OrderedDict[Key, Repeated] = OrderedDict()
        self._lock = threading.RLock()

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether the line is to be logged."""
        if getattr(record, "summary", False):
            return True
        with self._lock:
            now = self._clock()
            self._sweep(now - WINDOW)
            kind = self._kinds.setdefault(_key(record), Repeated(now))
            kind.count += 1
            if kind.count > LIMIT:
                kind.last = record
            if len(self._kinds) > MAX_KINDS:
                self._end(self._kinds.popitem(last=False)[1])
            return kind.count <= LIMIT

    def flush(self) -> None:
        """Tell of all that was counted and not yet told."""
        with self._lock:
            self._sweep(float("inf"))

    def _sweep(self, limit: float) -> None:
        """Forget the kinds that began before: the oldest stand first."""
        while self._kinds:
            key, kind = next(iter(self._kinds.items()))
            if kind.since > limit:
                return
            del self._kinds[key]
            self._end(kind)

    def _end(self, kind: Repeated) -> None:
        if kind.last is not None:
            self._tell(_summary(kind.last, kind.count - LIMIT))


def _key(record: logging.LogRecord) -> Key:
    kind = record.exc_info[0] if record.exc_info else None
    return record.name, str(record.msg), kind.__name__ if kind else ""


def _summary(last: logging.LogRecord, more: int) -> logging.LogRecord:
    """Return the line that stands for the others: the last of them, without its exception."""
    text = f"{last.getMessage()} … {more} more of these within a minute"
    record = logging.LogRecord(last.name, last.levelno, last.pathname, last.lineno, "%s", (text,), None)
    record.summary = True
    return record
