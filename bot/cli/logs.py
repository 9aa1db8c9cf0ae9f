"""How `run` logs: to standard error, as lines for people or as JSON, and never the text of a message.

Libraries tell below INFO what they send and get: that isn't logged, whoever lowers the level. Of an exception only
the first line is, and of a traceback only the places in the code: statements, values and bodies come further down.
"""

import json
import logging
import re
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from bot.cli.network_errors import NetworkErrorFilter
from bot.cli.output import escape, escape_json
from bot.cli.repeats import RepeatFilter

LIBRARIES = ("discord", "aiohttp", "aiosqlite", "asyncio")
"""Loggers that stay at INFO even where all others are lowered."""

TOKEN = re.compile(r"(/(?:interactions|webhooks)/\d+/)[^/\s?'\"]+")
"""The token in an address of Discord's: whoever has it can answer in our place."""

MAX_CHAIN = 5
"""Exceptions told of, from the last one back to its causes."""


_repeats: list[RepeatFilter] = []


def set_up(style: str) -> None:
    """Log from INFO on, in the style "text" or "json"; "debug" is text with all details but those of libraries."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter() if style == "json" else TextFormatter())
    if style != "debug":
        handler.addFilter(NetworkErrorFilter())
    _repeats.append(RepeatFilter(handler.handle))
    handler.addFilter(_repeats[-1])
    logging.basicConfig(level=logging.DEBUG if style == "debug" else logging.INFO, handlers=[handler])
    for name in LIBRARIES:
        logging.getLogger(name).setLevel(logging.INFO)
    logging.getLogger("alembic").setLevel(logging.WARNING)


def tell_repeats() -> None:
    """Log what was counted instead of logged, before the end."""
    for one in _repeats:
        one.flush()


class TextFormatter(logging.Formatter):
    """One line for each record; below it the places and the first line of each exception."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatException(self, ei: Any) -> str:  # noqa: N802 the name is the library's
        """Return an exception and its causes, the places first."""
        lines: list[str] = []
        for error in _chain(ei[1]):
            lines += [f"    {place}" for place in _places(error)]
            lines.append(f"  {type(error).__name__}: {_first_line(error)}")
        return "\n".join(lines)

    def formatStack(self, stack_info: str) -> str:  # noqa: N802
        """Return nothing: a stack comes with lines of source."""
        return ""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record without tokens, and without what drives a terminal."""
        return escape(_without_tokens(super().format(record).rstrip()))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        """Return the line itself, which stays one."""
        return super().formatMessage(record).replace("\n", "\\n")


class JsonFormatter(logging.Formatter):
    """One JSON object for each record, on one line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return time, level, logger and message, and the exceptions if there are some, the last one first."""
        found: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info and record.exc_info[1] is not None:
            found["exceptions"] = [
                {"type": _name(error), "message": _first_line(error), "traceback": _places(error)}
                for error in _chain(record.exc_info[1])
            ]
        return escape_json(_without_tokens(json.dumps(found, ensure_ascii=False)))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an exception, then what it came from."""
    for _ in range(MAX_CHAIN):
        if error is None:
            return
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _places(error: BaseException) -> list[str]:
    frames = traceback.walk_tb(error.__traceback__)
    return [f"{frame.f_code.co_filename}:{line}:{frame.f_code.co_name}" for frame, line in frames]


def _name(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).splitlines()), "")


def _without_tokens(line: str) -> str:
    return TOKEN.sub(r"\1…", line)
