"""What belongs to an expression of thanks: "un grand merci", "thanks a lot in advance"."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.estimation.courtesy.phrases import Phrases
from bot.estimation.courtesy.prose import CLAUSE, SENTENCE, Prose


class Modifiers:
    """Words before and after an expression of thanks that make it greater, and those that take it back."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self._before = Phrases.from_patterns(raw["before"])
        self._after = Phrases.from_patterns(raw["after"])
        self._times = frozenset(raw["times"])
        self.beforehand = Phrases.from_patterns(raw["beforehand"])
        self._spoilt = Phrases.from_patterns(raw["spoilt_by"])
        self._spared = Phrases.from_patterns(raw["spared"])

    def extent(self, prose: Prose, start: int, end: int) -> tuple[int, int]:
        """Return where the expression with all that belongs to it begins and ends."""
        keys = prose.keys
        while not prose.between(end, SENTENCE) and (more := self._after.length_at(keys, end) or self._count(keys, end)):
            end += more
        while not prose.between(start, CLAUSE) and (more := self._before.length_before(keys, start)):
            start -= more
        return start, end

    def spoilt(self, prose: Prose, start: int, end: int, greater: bool) -> bool:
        """Tell whether what follows takes the thanks back: "for nothing", "to the rain"."""
        keys = prose.keys
        if prose.between(end, SENTENCE) or not self._spoilt.length_at(keys, end):
            return False
        return keys[end] != "to" or not (greater or self._spared.length_at(keys, end))

    def words(self) -> Iterator[str]:
        """Yield their words."""
        yield from self._before.words()
        yield from self._after.words()

    def _count(self, keys: list[str], at: int) -> int:
        """Return how many words of "x1000", "1000 fois", "100 times" are there."""
        if not keys[at].strip("x").isdecimal():
            return 0
        return 2 if not self._times.isdisjoint(keys[at + 1 : at + 2]) else int("x" in keys[at])
