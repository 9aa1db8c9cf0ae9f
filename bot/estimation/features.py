"""What can be read off a message about the length of its answer: named features, in both languages alike.

A feature is present or has a number. Present ones are classes of the lexicon (`config/lexicon.toml`), the
classes of the word the request opens with (`lead.*`), its task (`as.*`) and shapes; numbers are sizes, counts and
shapes, mostly as logarithms to base 2.
"""

from collections.abc import Mapping
from math import log2
from typing import NamedTuple

from bot.estimation import length_shape
from bot.estimation.length_lexicon import ITEM, NUMBER, OPENERS, UNIT, Endings, Lexicon
from bot.estimation.length_requests import (
    NOTHING_ASKED,
    Asked,
    asked_by_phrase,
    asked_by_text,
    asked_by_units,
    asked_items,
)
from bot.estimation.words import HEAD, TAIL, excerpt

NUMBERS = (
    "size", "size_above_32", "size_above_128", "size_edited", "size_code", "items", "digits", "code_words",
    "maths_words", *length_shape.NUMBERS,
)  # fmt: skip
"""Features that carry a number: log2(1 + words) - 4, how far that logarithm is above 5 and 7, the size of texts
to be worked on and of messages with code, log2(things asked for) - 2, log2(1 + count) of numbers, words of code
and of mathematics."""

PRESENCES = (
    "asks_items",
    "french",
    "spanish",
    "german",
    "tiny",
    "short_lookup",
    "short_ask",
    *length_shape.PRESENCES,
)
"""Features that are present or not and aren't classes of the lexicon."""

CODE_WORDS = 3
"""With so many words of code, "2 lines" is part of the problem, not a length asked for."""

CODE = frozenset({"topic.language", "topic.framework", "topic.computing"})
"""Classes of words of code."""

TINY = 4
"""Words of a message whose request can hardly be told."""

SHORT = 14
"""Words of a question that is likely to have a plain answer."""

EDITS = frozenset({"translate", "correct", "rephrase", "convert", "complete"})
"""Tasks that work on a text handed over."""

PLAIN = {"lookup": "short_lookup", "ask": "short_ask"}
"""The features of short questions."""

UNNAMED = ("write", "ask", "other")
"""Tasks of messages that name none: an order, a question, neither."""


class Reading(NamedTuple):
    """The features of a message, its task, and a length asked for."""

    present: list[str]
    values: list[tuple[str, float]]
    task: str
    asked: Asked


class FeatureReader:
    """Reads the features of a message, with the lexicon loaded once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        openers = {name: name.split(".")[1] for name in lexicon.classes if name.split(".")[0] in OPENERS}
        self._task = {name: key for name, key in openers.items() if name.startswith("task.")}
        self._lead = {name: f"lead.{key}" for name, key in openers.items()}
        self.tasks = (*self._task.values(), *UNNAMED)
        self._as = {task: f"as.{task}" for task in self.tasks}
        self.names = (*lexicon.classes, *self._lead.values(), *self._as.values(), *PRESENCES, *NUMBERS)

    def read(self, words: list[str], text: str) -> Reading:
        """Return the features of a message given its words (`words.split`) and its text."""
        hits, lead, task = self._scan(words)
        part = excerpt(text)
        stripped = part.rstrip()
        present = dict.fromkeys(hits)
        names = length_shape.presences(part, stripped)
        values = length_shape.numbers(part, stripped)
        size = _size(words, part, text, names)
        code = 0 if CODE.isdisjoint(present) else sum(map(CODE.__contains__, hits))
        _sizes(size, task, code, names, values)
        _language(hits, present, names)
        if "topic.maths" in present:
            values.append(("maths_words", log2(1 + hits.count("topic.maths"))))
        numbers = sum(map(str.isdecimal, words)) if any(map(part.__contains__, "1203456789")) else 0
        if numbers:
            values.append(("digits", log2(1 + numbers)))
        if ITEM in present and (numbers or NUMBER in present):
            self._items(words, names, values)
        asked = self._asked(words, present, task, size, code)
        return Reading([*present, *map(self._lead.__getitem__, lead), self._as[task], *names], values, task, asked)

    def _scan(self, words: list[str]) -> tuple[list[str], tuple[str, ...], str]:
        """Classes met, those of the words the request opens with, and the task."""
        hits: list[str] = []
        lead: tuple[str, ...] = ()
        task = ""
        tasks, is_opener = self._task, self._lead
        following = [*words[1:], ""]
        for at, entry in enumerate(map(self.lexicon.entries.get, words)):
            if entry is None:
                continue
            hits += entry.classes
            openers = entry.openers
            if following[at] in entry.pairs:
                found = entry.pairs[following[at]]
                longer = entry.longer[following[at]]
                if longer:
                    found = [*found, *_completed(longer, words, at + 2)]
                hits += found
                if not task:
                    openers += tuple(filter(is_opener.__contains__, found))
            if openers and not task:
                lead = lead or openers
                for name in openers:
                    task = tasks.get(name, task)
        return hits, lead, task or _unnamed(lead)

    def _items(self, words: list[str], names: list[str], values: list[tuple[str, float]]) -> None:
        items = asked_items(words, self.lexicon)
        if items:
            names.append("asks_items")
            values.append(("items", log2(min(items, 100)) - 2))

    def _asked(self, words: list[str], present: Mapping[str, None], task: str, size: float, code: int) -> Asked:
        lexicon = self.lexicon
        asked = None
        if UNIT in present and code < CODE_WORDS:
            asked = asked_by_units(words, lexicon)
        asked = asked or asked_by_phrase(present, lexicon)
        if asked is None and size > TINY and task in lexicon.follows:
            asked = asked_by_text(size, lexicon.follows[task])
        return asked or NOTHING_ASKED


def _completed(endings: Endings, words: list[str], at: int) -> list[str]:
    """The classes of those expressions that go on as the words do from `at`."""
    if at >= len(words) or words[at] not in endings:
        return []
    return [name for rest, name in endings[words[at]] if tuple(words[at + 1 : at + 1 + len(rest)]) == rest]


def _unnamed(lead: tuple[str, ...]) -> str:
    write, ask, other = UNNAMED
    if not lead:
        return other
    return write if lead[0].startswith("verb.") else ask


def _size(words: list[str], part: str, text: str, names: list[str]) -> float:
    """Words of the whole text, as far as its excerpt tells; two Chinese characters count as one."""
    script, foreign = length_shape.script(part)
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


def _language(hits: list[str], present: Mapping[str, None], names: list[str]) -> None:
    english = hits.count("language.english") if "language.english" in present else 0
    for name in ("french", "spanish", "german"):
        if f"language.{name}" in present and hits.count(f"language.{name}") > english:
            names.append(name)
            return
