"""Which words of courtesy in a message are courtesy, and which are spoken about, or are another word or a name."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from bot.estimation.courtesy.homonyms import Homonyms
from bot.estimation.courtesy.phrases import Phrases
from bot.estimation.courtesy.prose import CLAUSE, SENTENCE, Prose
from bot.estimation.courtesy.thanks_modifiers import Modifiers

GLUE_WORDS = 6
"""Words that may stand between "say" and what is said."""

MAX_JUDGED = 32
"""Expressions of one message that are judged; nobody writes more, and those beyond count as they stand."""

FREE_WORDS = 5
"""Words before "you please" within which "whatever" is looked for."""


SHORT = 3
"""Letters of the longest abbreviation: "dis stp" asks, "dis s'il te plaît" speaks about it."""


class Found(NamedTuple):
    """An expression met: from word `start` to before `end`, its label, whether it is thanks, whether no courtesy."""

    start: int
    end: int
    label: str
    thanks: bool
    about: bool


class Context:
    """Finds the expressions and judges each by the words around it."""

    def __init__(self, raw: Mapping[str, Any], courtesy: Phrases, thanks: frozenset[str]) -> None:
        about = raw["about"]
        self.modifiers = Modifiers(raw["with_thanks"])
        self._courtesy, self._thanks = courtesy, thanks
        self._none = Phrases.from_patterns(*raw["not_courtesy"].values())
        self._starts = {phrase[0] for phrases in (courtesy, self._none) for phrase in phrases.labels}
        self._speak, self._translate = Phrases.from_patterns(about["speak"]), Phrases.from_patterns(about["translate"])
        self._or = Phrases.from_patterns(about["or"])
        self._glue, self._and = Phrases.from_patterns(about["glue"]), Phrases.from_patterns(about["and"])
        self._perform = Phrases.from_patterns(about["perform"])
        self._after, self._after_all = Phrases.from_patterns(about["after"]), Phrases.from_patterns(about["after_all"])
        self._freely, self._anyone = Phrases.from_patterns(about["freely"]), Phrases.from_patterns(about["anyone"])
        self._languages, self._into = Phrases.from_patterns(about["languages"]), Phrases.from_patterns(about["into"])
        self._articles, self._small = Phrases.from_patterns(about["articles"]), Phrases.from_patterns(about["small"])
        self._to_whom = Phrases.from_patterns(about["to_whom"])
        self._homonyms = Homonyms(raw)

    def words(self) -> Iterator[str]:
        """Yield the words that must be told from stretched ones."""
        yield from self.modifiers.words()
        yield from self._none.words()

    def find(self, prose: Prose) -> list[Found]:
        """Return the expressions in the order in which they stand."""
        met: list[Found] = []
        at, keys = 0, prose.keys
        while at < len(keys):
            if keys[at] not in self._starts:
                at += 1
                continue
            none = self._none.length_at(keys, at)
            if any(prose.between(inside, CLAUSE) for inside in range(at + 1, at + none)):
                none = 0
            found = self._courtesy.at(keys, at)
            if none and (not found or none > found[0]):
                at += none
            elif found:
                met.append(self._met(prose, at, at + found[0], found[1], met))
                at = met[-1].end
            else:
                at += 1
        if len(met) > 1 and self._choice(prose, met):
            return [expression._replace(about=True) for expression in met]
        return met

    def _choice(self, prose: Prose, met: list[Found]) -> bool:
        """Tell whether two expressions are weighed against each other: "svp ou stp ?"."""
        between = (prose.keys[first.end : second.start] for first, second in pairwise(met))
        return any(len(words) == 1 and self._or.length_at(words, 0) for words in between)

    def _met(self, prose: Prose, at: int, end: int, label: str, met: list[Found]) -> Found:
        if len(met) >= MAX_JUDGED:
            return Found(at, end, label, label in self._thanks, about=False)
        return self._judged(prose, at, end, label, met)

    def _judged(self, prose: Prose, at: int, end: int, label: str, met: list[Found]) -> Found:
        thanks = label in self._thanks
        start, stop = self.modifiers.extent(prose, at, end) if thanks else (at, end)
        start = max(start, met[-1].end if met else 0)
        about = (
            self._spoken_about(prose, start, stop, thanks, met)
            or self._homonyms.fits(prose, at, end, stop)
            or (not thanks and self._is_verb(prose, at, end))
            or (thanks and self.modifiers.spoilt(prose, start, stop, start < at))
        )
        return Found(start, stop, label, thanks, about)

    def _spoken_about(self, prose: Prose, start: int, end: int, thanks: bool, met: list[Found]) -> bool:
        keys, gaps = prose.keys, prose.gaps
        if "=" in gaps[start] + gaps[end] or (gaps[start] == "-" and start) or (gaps[end] == "-" and end < len(keys)):
            return True
        goes_on = not prose.between(end, CLAUSE)
        if goes_on and self._after.length_at(keys, end) and not self._after_all.length_at(keys, end):
            return True
        in_language = goes_on and self._into.length_at(keys, end) and self._languages.length_at(keys, end + 1)
        if in_language and self._is_whole_object(prose, start, end, thanks):
            return True
        if not prose.between(start, CLAUSE) and self._perform.length_before(keys, start):
            return bool(in_language)
        if thanks and self._is_translated(prose, start, end):
            return True
        return self._is_object(prose, start, met) or self._is_noun(prose, start, end, thanks)

    def _is_translated(self, prose: Prose, start: int, end: int) -> bool:
        """Tell whether thanks are what an order is about: "translate thank you", but not "can you translate thanks"."""
        at = start - self._glue.length_before(prose.keys, start)
        order = self._translate.length_before(prose.keys, at)
        if not order or prose.between(start, CLAUSE) or prose.between(at, CLAUSE) or prose.raws[at - 1].endswith("é"):
            return False
        return prose.between(at - order, CLAUSE) or not prose.between(end, CLAUSE)

    def _is_whole_object(self, prose: Prose, start: int, end: int, thanks: bool) -> bool:
        """Tell whether nothing else is there to be put into a language: "merci en russe", "translate please into …"."""
        if thanks:
            return prose.between(start, CLAUSE)
        first = start - self._translate.length_before(prose.keys, start)
        spelt = any(len(raw) > SHORT for raw in prose.raws[start:end])
        return spelt and first < start and prose.between(first, CLAUSE) and prose.between(end + 2, CLAUSE)

    def _is_object(self, prose: Prose, start: int, met: list[Found]) -> bool:
        """Tell whether it is what is said, translated, spelt: "comment dit-on merci", "synonyms of please"."""
        at = start
        for _ in range(GLUE_WORDS):
            if prose.between(at, SENTENCE + ","):
                return False
            if self._speak.length_before(prose.keys, at):
                return True
            if ":" in prose.gaps[at]:
                return False
            glue = self._glue.length_before(prose.keys, at) or self._and.length_before(prose.keys, at)
            at -= glue
            if met and met[-1].about and met[-1].end == at:
                return True
            if not glue:
                return self._is_beside_object(prose, at, start)
        return False

    def _is_beside_object(self, prose: Prose, at: int, start: int) -> bool:
        """Tell whether one other word is said along with it: "how do you say hello and thank you"."""
        joined = at < start and self._and.length_at(prose.keys, at) > 0
        return joined and not prose.between(at - 1, CLAUSE) and self._speak.length_before(prose.keys, at - 1) > 0

    def _is_noun(self, prose: Prose, start: int, end: int, thanks: bool) -> bool:
        """Tell whether it has an article: "un merci", "a simple please"; but "un petit merci à tous" is thanks."""
        small = self._small.length_before(prose.keys, start)
        if prose.between(start, CLAUSE) or (small and self._to_whom.length_at(prose.keys, end)):
            return False
        first = start - small
        if prose.between(first, CLAUSE) or not self._articles.length_before(prose.keys, first):
            return False
        # "encore un stp", "donne-le stp": before "please" an article alone belongs to something else
        return thanks or small > 0

    def _is_verb(self, prose: Prose, start: int, end: int) -> bool:
        """Tell whether it is what somebody does as they please: "whichever colour you please"."""
        keys = prose.keys
        if (
            not prose.between(end, CLAUSE)
            or prose.between(start, CLAUSE)
            or not self._anyone.length_before(keys, start)
        ):
            return False
        return self._freely.within(keys, max(0, start - FREE_WORDS), start)
