"""The plain spelling of words that people stretch, double or twist: "merrciii", "pleease", "thnaks"."""

import re
from collections.abc import Iterable, Iterator, Set
from itertools import groupby

STRETCHED = 3
"""So many times the same letter is stretching, whatever the word."""

SHORT = 3
"""Abbreviations of so many letters are only stretched at their end: "stpp", but a "tty" is a terminal."""

NONE, LAST, ANY = "none", "last", "any"
"""Which letters of a word may be doubled."""

TWICE = 7
"""Up to so many letters, two of them are looked for doubled."""

_DOUBLED_LETTER = re.compile(r"(.)\1")

_ACCENTED = {"a": "áàâäãå", "e": "éèêë", "i": "íìîï", "o": "óòôö", "u": "úùûü", "c": "ç", "y": "ÿý", "n": "ñ"}


class Spelling:
    """Known words; words of courtesy among them are known with any letter doubled too, greetings with their last."""

    def __init__(self, known: Set[str], courteous: Set[str], greetings: Set[str], twisted: Iterable[str]) -> None:
        self._known = known
        self._doubling = dict.fromkeys(greetings, LAST) | dict.fromkeys(courteous, ANY)
        self._by_skeleton: dict[str, list[str]] = {}
        for word in sorted(known, key=lambda word: (word not in courteous, word)):
            self._by_skeleton.setdefault(_skeleton(word), []).append(word)
        self._twisted = {other: word for word in twisted for other in _twists(word) if other not in known}

    def plain(self, word: str) -> str:
        """Return the known word that this one, lower-case and without accents, is a spelling of, or itself."""
        if word in self._known:
            return word
        if _DOUBLED_LETTER.search(word):
            for known in self._by_skeleton.get(_skeleton(word), ()):
                if _stretches(_runs(word), _runs(known), self._doubling.get(known, NONE)):
                    return known
        return self._twisted.get(word, word)


def variants(words: Iterable[str], twisted: Iterable[str]) -> Iterator[str]:
    """Yield the spellings of words of courtesy as `words.split` gives them: a quick test for there being any."""
    for word in twisted:
        yield from _twists(word)
    for word in words:
        once = set(_doubled(word))
        yield from {word} | once
        if len(word) <= TWICE:
            yield from (twice for other in once for twice in _doubled(other))
        for at, letter in enumerate(word):
            yield from (word[:at] + accented + word[at + 1 :] for accented in _ACCENTED.get(letter, ""))


def _doubled(word: str) -> Iterator[str]:
    return (word[: at + 1] + word[at:] for at in range(len(word)))


def _twists(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1))


def _skeleton(word: str) -> str:
    return "".join(letter for letter, _ in groupby(word))


def _runs(word: str) -> list[int]:
    return [sum(1 for _ in run) for _, run in groupby(word)]


def _stretches(runs: list[int], known: list[int], doubling: str) -> bool:
    """Tell whether no letter is written less often than in the known word, and those written more may be."""
    if doubling == ANY and sum(known) <= SHORT:
        doubling = LAST
    for at, (times, of) in enumerate(zip(runs, known, strict=True)):
        doubled = doubling == ANY or (doubling == LAST and at == len(runs) - 1)
        if times < of or (of < times < STRETCHED and not doubled):
            return False
    return True
