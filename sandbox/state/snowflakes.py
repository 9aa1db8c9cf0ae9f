"""Discord's ids: 42 bits of milliseconds since 2015, then worker bits and a counter."""

from __future__ import annotations

import re
import secrets
from datetime import UTC, datetime

from sandbox.state.clock import Clock

EPOCH_MS = 1_420_070_400_000
"""Discord's epoch, 2015-01-01T00:00:00Z, in Unix milliseconds."""


_DIGITS = re.compile(r"[0-9]{1,20}")


class Snowflakes:
    """Hands out ids that only grow, as one Discord worker does."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._worker = secrets.randbelow(1 << 10) << 12
        self._last = 0

    def next(self) -> int:
        """An id made now; larger than every id handed out before."""
        candidate = ((int(self._clock.time() * 1000) - EPOCH_MS) << 22) | self._worker
        self._last = max(candidate, self._last + 1)
        return self._last


def parse(text: object) -> int | None:
    """An id from outside, None for what is none: one to twenty digits, within 64 bits."""
    found = _DIGITS.fullmatch(str(text))
    return int(str(text)) if found and int(str(text)) < 1 << 64 else None


def at(moment: datetime) -> int:
    """An id made at `moment`, with random low bits: for things older than the sandbox."""
    milliseconds = int(moment.timestamp() * 1000) - EPOCH_MS
    return (milliseconds << 22) | secrets.randbelow(1 << 22)


def created_at(snowflake: int) -> datetime:
    """The moment an id was made."""
    return datetime.fromtimestamp(((snowflake >> 22) + EPOCH_MS) / 1000, UTC)


def timestamp(snowflake: int) -> str:
    """The moment an id was made, in the ISO form Discord writes."""
    return iso(created_at(snowflake))


def iso(moment: datetime) -> str:
    """A moment as Discord writes it: microseconds and an explicit offset."""
    return moment.isoformat(timespec="microseconds")
