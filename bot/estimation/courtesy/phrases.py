"""Expressions of one or several words, looked up in lists of words: at a place, or ending at one."""

import re
from collections.abc import Iterable, Iterator, Mapping

from bot.estimation.words import split, unaccented

_CHOICE = re.compile(r"\{([^{}]*)\}")


class Phrases:
    """Expressions with a label each, without accents; the longest one that fits is found."""

    def __init__(self, labels: Mapping[tuple[str, ...], str]) -> None:
        self.labels = labels
        self._single = {phrase[0]: label for phrase, label in labels.items() if len(phrase) == 1}
        self._longer: dict[str, dict[str, list[tuple[list[str], str]]]] = {}
        self._before: dict[str, list[tuple[int, list[str]]]] = {}
        for phrase, label in sorted(labels.items(), key=lambda item: -len(item[0])):
            self._before.setdefault(phrase[-1], []).append((len(phrase), list(phrase)))
            if len(phrase) > 1:
                by_second = self._longer.setdefault(phrase[0], {})
                by_second.setdefault(phrase[1], []).append((list(phrase), label))
        self._firsts = self._single.keys() | self._longer.keys()

    @classmethod
    def from_patterns(cls, *lists: Iterable[str], label: str = "") -> "Phrases":
        """Read patterns ("{big|huge} thanks") that all have the same label."""
        return cls({phrase: label for patterns in lists for phrase in expanded(patterns)})

    def at(self, words: list[str], start: int) -> tuple[int, str] | None:
        """Return the length in words of the longest expression at `start` and its label, if there is one."""
        if start >= len(words):
            return None
        longer = self._longer.get(words[start])
        if longer and start + 1 < len(words):
            for phrase, label in longer.get(words[start + 1], ()):
                if words[start : start + len(phrase)] == phrase:
                    return len(phrase), label
        label = self._single.get(words[start])
        return None if label is None else (1, label)

    def length_at(self, words: list[str], start: int) -> int:
        """Return the length in words of the longest expression at `start`, 0 when there is none."""
        if start >= len(words) or words[start] not in self._firsts:
            return 0
        found = self.at(words, start)
        return found[0] if found else 0

    def length_before(self, words: list[str], end: int) -> int:
        """Return the length in words of the longest expression that ends before `end`, 0 when there is none."""
        if end > 0:
            for size, phrase in self._before.get(words[end - 1], ()):
                if size == 1 or (size <= end and words[end - size : end] == phrase):
                    return size
        return 0

    def within(self, words: list[str], start: int, end: int) -> bool:
        """Tell whether an expression lies between two places."""
        if self._firsts.isdisjoint(words[start:end]):
            return False
        return any(0 < self.length_at(words, at) <= end - at for at in range(start, end))

    def words(self) -> Iterator[str]:
        """Yield each word of each expression."""
        for phrase in self.labels:
            yield from phrase


def expanded(patterns: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Yield the words of what patterns stand for, without accents: "{un |}merci" is "un merci" and "merci"."""
    for pattern in patterns:
        for text in _choices(unaccented(pattern)):
            phrase = tuple(split(text))
            if phrase:
                yield phrase


def _choices(pattern: str) -> Iterator[str]:
    choice = _CHOICE.search(pattern)
    if choice is None:
        yield pattern
        return
    for part in choice[1].split("|"):
        yield from _choices(pattern[: choice.start()] + part + pattern[choice.end() :])
