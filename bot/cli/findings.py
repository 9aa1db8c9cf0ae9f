"""What `doctor` finds."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.cli.context import Context


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report: "ok", "bad" or "note", and what it is about."""

    kind: str
    what: str


Check = Callable[[Context], Iterator[Finding]]
