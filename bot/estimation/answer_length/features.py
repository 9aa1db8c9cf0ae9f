"""What can be read off a message about the length of its answer: named features, in both languages alike.

A feature is present or has a number. Present ones are classes of the lexicon (`config/lexicon.toml`), the
classes of the word the request opens with (`lead.*`), its task (`as.*`) and shapes; numbers are sizes, counts and
shapes, mostly as logarithms to base 2. What is present is told by its place in `FeatureReader.names`, so that
coefficients can be looked up in lists.
"""

from collections.abc import Iterable
from math import log2
from typing import NamedTuple

from bot.estimation.answer_length import shape
from bot.estimation.answer_length.length_requests import (
    NO_TARGET,
    Target,
    asked_by_form,
    asked_by_phrase,
    asked_by_text,
    asked_by_units,
    asked_items,
    is_sum,
    target,
)
from bot.estimation.answer_length.lexicon import ITEM, NUMBER, OPENERS, SUM, UNIT, Lexicon
from bot.estimation.words import HEAD, TAIL, excerpt

NUMBERS = (
    "size", "size_above_32", "size_above_128", "size_edited", "size_code", "items", "digits", "code_words",
    "maths_words", *shape.NUMBERS,
)  # fmt: skip
"""Features that carry a number: log2(1 + words) - 4, how far that logarithm is above 5 and 7, the size of texts
to be worked on and of messages with code, log2(things asked for) - 2, log2(1 + count) of numbers, words of code
and of mathematics."""

PRESENCES = (
    "asks_items", "french", "spanish", "german", "tiny", "short_lookup", "short_ask", "handed",
    *shape.PRESENCES,
)  # fmt: skip
"""Features that are present or not and aren't classes of the lexicon."""

CODE_WORDS = 3
"""With so many words of code, "2 lines" is part of the problem, not a length asked for."""

CODE = ("topic.language", "topic.framework", "topic.computing")
"""Classes of words of code."""

TINY = 4
"""Words of a message whose request can hardly be told."""

SHORT = 14
"""Words of a question that is likely to have a plain answer."""

EDGE = 40
"""Words from a message's beginning or end within which a request is looked for; between, it's the matter's."""

EDITS = frozenset({"translate", "correct", "rephrase", "convert", "complete"})
"""Tasks that give back a text handed over."""

WORKS = EDITS | {"classify", "extract", "summarise", "name", "define", "joke"}
"""Tasks that are short work on a text handed over after a blank line."""

PLAIN = {"lookup": "short_lookup", "ask": "short_ask"}
"""The features of short questions."""

SUM_TASK = "solve"
"""The task of a message that is nothing but a sum."""

UNNAMED = ("write", "ask", "other")
"""Tasks of messages that name none: an order, a question, neither."""

LANGUAGES = ("french", "spanish", "german")
"""Languages told from English by their commonest words."""


class FeatureVector(NamedTuple):
    """The features of a message, its task, and a length asked for.

    `present`: places in `FeatureReader.names`; `values`: names and numbers.
    """

    present: list[int]
    values: list[tuple[str, float]]
    task: str
    target: Target


class FeatureReader:
    """Reads the features of a message, with the lexicon loaded once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        classes = {name: number for number, name in enumerate(lexicon.classes)}
        openers = {name: name.split(".")[1] for name in classes if name.split(".")[0] in OPENERS}
        tasks = {name: key for name, key in openers.items() if name.startswith("task.")}
        self.tasks = (*tasks.values(), *UNNAMED)
        leads = [f"lead.{key}" for key in dict.fromkeys(openers.values())]
        self.names = (*classes, *leads, *(f"as.{task}" for task in self.tasks), *PRESENCES, *NUMBERS)
        number = {name: at for at, name in enumerate(self.names)}
        self._number = number.__getitem__
        self._task = {number[name]: task for name, task in tasks.items()}
        self._lead = {number[name]: number[f"lead.{key}"] for name, key in openers.items()}
        self._as = {task: number[f"as.{task}"] for task in self.tasks}
        self._orders = frozenset(number[name] for name in openers if name.startswith("verb."))
        self._code = frozenset(number[name] for name in CODE)
        self._unit, self._item, self._spoken = number[UNIT], number[ITEM], number[NUMBER]
        self._maths, self._long = number["topic.maths"], number["length.long"]
        self._sum, self._english = number[SUM], number["language.english"]
        self._foreign = [(number[f"language.{name}"], name) for name in LANGUAGES]
        self._languages = frozenset(at for at, _ in self._foreign)

    def read(self, words: list[str], text: str) -> FeatureVector:
        """Return the features of a message given its words (`words.split`) and its text."""
        hits, lead, task = self._scan(words)
        present = set(hits)
        part = excerpt(text)
        stripped = part.rstrip()
        names = shape.presences(part, stripped)
        values = shape.numbers(part, stripped)
        size = _size(words, part, text, names)
        code = 0 if self._code.isdisjoint(present) else sum(map(self._code.__contains__, hits))
        _sizes(size, task, code, names, values)
        if self._maths in present:
            values.append(("maths_words", log2(1 + hits.count(self._maths))))
        if not self._languages.isdisjoint(present):
            self._language(hits, present, names)
        numbers = sum(map(str.isdecimal, words)) if any(map(part.__contains__, "1203456789")) else 0
        if numbers:
            values.append(("digits", log2(1 + numbers)))
        if numbers or self._spoken in present:
            task = self._counted(words, present, task, names, values)
        if task in WORKS and "blank_line" in names:
            names.append("handed")
        wanted = self._target(words, part, present, task, size, code)
        return FeatureVector([*present, *lead, self._as[task], *map(self._number, names)], values, task, wanted)

    def _scan(self, words: list[str]) -> tuple[list[int], set[int], str]:
        """Classes met, those of the word the request opens with as `lead.*`, and the task."""
        hits: list[int] = []
        opening: list[int] = []
        task, tail = "", len(words) - EDGE
        tasks, lead_of = self._task, self._lead
        second, third = [*words[1:], ""], [*words[2:], "", ""]
        for at, entry in enumerate(map(self.lexicon.entries.get, words)):
            if entry is None:
                continue
            hits += entry.classes
            openers = entry.openers
            if second[at] in entry.pairs:
                found, longer = entry.pairs[second[at]]
                if third[at] in longer:
                    found = [*found, *_completed(longer[third[at]], words, at + 3)]
                hits += found
                if not task:
                    openers = [*openers, *filter(lead_of.__contains__, found)]
            if openers and not task:
                opening = opening or openers
                if at < EDGE or at >= tail:
                    for number in openers:
                        task = tasks.get(number, task)
        return hits, set(map(lead_of.__getitem__, opening)), task or self._unnamed(opening)

    def _unnamed(self, opening: list[int]) -> str:
        write, ask, other = UNNAMED
        if not opening:
            return other
        return write if opening[0] in self._orders else ask

    def _language(self, hits: list[int], present: set[int], names: list[str]) -> None:
        english = hits.count(self._english)
        for number, name in self._foreign:
            if number in present and hits.count(number) > english:
                names.append(name)
                return

    def _counted(
        self, words: list[str], present: set[int], task: str, names: list[str], values: list[tuple[str, float]]
    ) -> str:
        """Add what numbers tell: things asked for, or that the message is a sum; return its task."""
        if self._item in present:
            items = asked_items(words, self.lexicon)
            if items:
                names.append("asks_items")
                values.append(("items", log2(min(items, 100)) - 2))
        if len(words) <= SHORT and is_sum(words, self.lexicon):
            present.add(self._sum)
            return SUM_TASK
        return task

    def _target(self, words: list[str], part: str, present: set[int], task: str, size: float, code: int) -> Target:
        lexicon = self.lexicon
        asked = None
        if self._unit in present and code < CODE_WORDS:
            asked = asked_by_units(words, lexicon)
        asked = asked or asked_by_phrase(present, lexicon)
        if asked is None and task in lexicon.forms and self._long not in present:
            form = asked_by_form(present, size, lexicon.forms[task])
            if form:
                return form
        if asked is None and size > TINY and task in lexicon.follows:
            asked = asked_by_text(part, size, lexicon.follows[task])
        return target(asked, lexicon.drift) if asked else NO_TARGET


def _completed(endings: Iterable[tuple[tuple[str, ...], int]], words: list[str], at: int) -> list[int]:
    """The classes of those expressions that go on as the words do from `at`."""
    return [number for rest, number in endings if tuple(words[at : at + len(rest)]) == rest]


def _size(words: list[str], part: str, text: str, names: list[str]) -> float:
    """Words of the whole text, as far as its excerpt tells; two Chinese characters count as one."""
    script, foreign = shape.script(part)
    if script:
        names.append(script)
    size = len(words) + foreign / 2
    return size * len(text) / len(part) if len(text) > HEAD + TAIL else size


def _sizes(size: float, task: str, code: int, names: list[str], values: list[tuple[str, float]]) -> None:
    log_size = log2(1 + size)
    values.append(("size", log_size - 4))
    if log_size > 5:
        values.append(("size_above_32", log_size - 5))
        if code >= CODE_WORDS:
            values.append(("size_code", log_size - 5))
        if log_size > 7:
            values.append(("size_above_128", log_size - 7))
    if task in EDITS:
        values.append(("size_edited", log_size - 4))
    if code:
        values.append(("code_words", log2(1 + code)))
    if size <= TINY:
        names.append("tiny")
    if size <= SHORT and task in PLAIN:
        names.append(PLAIN[task])
