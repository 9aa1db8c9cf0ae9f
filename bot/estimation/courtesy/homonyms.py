"""Words of courtesy that are another word in certain company, a name or a title: STP, SVP, Ty, "Merci Patron"."""

from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import Any

from bot.estimation.courtesy.phrases import Phrases
from bot.estimation.courtesy.prose import CLAUSE, SENTENCE, Prose

SHORT = 3
"""Letters of the longest abbreviation: those are written with capitals anyway."""

TITLE_WORDS = 3
"""Words before a title within which "film" or "song" is looked for."""


APART = SENTENCE + ",()"
"""Marks that part a word from its company; a colon doesn't: "ty: int"."""


class Homonyms:
    """Tells whether an expression of courtesy is another word, a name or a title."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self._words: dict[str, list[OtherWord]] = {}
        for entry in raw["other_word"].values():
            for word in entry["words"]:
                self._words.setdefault(word, []).append(OtherWord(entry))
        self._title = Title(raw["titles"])

    def fits(self, prose: Prose, start: int, end: int, whole_end: int) -> bool:
        """Tell whether the words from `start` to before `end`, or what belongs to them as well, are one."""
        others = self._words.get(prose.keys[end - 1], ())
        return any(word.fits(prose, start, end) for word in others) or self._title.fits(prose, start, whole_end)


class Title:
    """A title or a place, told by capitals and the words before or after: "the film Merci Patron"."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self._before = Phrases.from_patterns(raw["before"])
        self._right_before = Phrases.from_patterns(raw["right_before"])
        self._after = Phrases.from_patterns(raw["after"])

    def fits(self, prose: Prose, start: int, end: int) -> bool:
        """Tell whether the words are one, or begin it."""
        raws, keys = prose.raws, prose.keys
        if prose.gaps[end].startswith(" (") and self._before.length_at(keys, end):
            return True
        if not _capital(raws[start]) or " ".join(raws).isupper():
            return False
        return self._is_announced(prose, start) or (raws[start].istitle() and self._is_followed(prose, start, end))

    def _is_announced(self, prose: Prose, start: int) -> bool:
        raw, keys = prose.raws[start], prose.keys
        if prose.between(start, CLAUSE):
            return False
        places = range(start, max(0, start - TITLE_WORDS), -1)
        if len(raw) > SHORT and any(self._before.length_before(keys, at) for at in places):
            return True
        return raw.istitle() and self._right_before.length_before(keys, start) > 0

    def _is_followed(self, prose: Prose, start: int, end: int) -> bool:
        keys = prose.keys
        whole = end - start > 1 and all(map(str.istitle, prose.raws[start:end]))
        more = end + sum(1 for _ in takewhile(_capital, _unbroken(prose, end)))
        if (whole or more > end) and self._after.length_at(keys, more) and not prose.between(more, CLAUSE):
            return True
        return whole and self._before.within(keys, end, len(keys))


class OtherWord:
    """A word of courtesy that is another word in certain company, or a name with a capital: STP, SVP, Ty."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self._before = Phrases.from_patterns(raw.get("before", ()))
        self._after = Phrases.from_patterns(raw.get("after", ()))
        self._needs = Phrases.from_patterns(raw.get("needs", ()))
        self._topic = Phrases.from_patterns(raw.get("topic", ()))
        self._does = Phrases.from_patterns(raw.get("does", ()))

    def fits(self, prose: Prose, start: int, end: int) -> bool:
        """Tell whether the word is that other word there."""
        return (
            self._has_company(prose, start, end)
            or (prose.raws[start].isupper() and _is_spelt_out(prose, start, end))
            or (bool(self._does.labels) and self._is_name(prose, start, end))
        )

    def _has_company(self, prose: Prose, start: int, end: int) -> bool:
        keys = prose.keys
        if not prose.between(start, APART) and self._before.length_before(keys, start):
            return True
        if not prose.between(end, APART) and self._after.length_at(keys, end):
            return True
        if end < len(keys) and self._topic.within(keys, 0, len(keys)):
            return True
        alone = start == 0 and prose.between(end, CLAUSE)
        return bool(self._needs.labels) and not alone and not self._needs.length_before(keys, start)

    def _is_name(self, prose: Prose, start: int, end: int) -> bool:
        """Tell whether a capital makes it a first name: within a sentence, before another, before what people do."""
        raws = prose.raws
        if not raws[start].istitle():
            return False
        if not prose.between(start, SENTENCE):
            return True
        return not prose.between(end, CLAUSE) and (_capital(raws[end]) or self._does.length_at(prose.keys, end) > 0)


def _is_spelt_out(prose: Prose, start: int, end: int) -> bool:
    """Tell whether an abbreviation stands beside what it is short for: "STP (Spanning Tree Protocol)"."""
    before, after = prose.gaps[start], prose.gaps[end]
    if before.endswith("(") and after.startswith(")"):
        return start > 0 and _capital(prose.raws[start - 1])
    return after.strip() == "(" and end < len(prose.keys)


def _capital(raw: str) -> bool:
    return raw[:1].isupper()


def _unbroken(prose: Prose, start: int) -> Iterator[str]:
    for at in range(start, len(prose.raws)):
        if prose.gaps[at].strip(" -'’"):
            return
        yield prose.raws[at]
