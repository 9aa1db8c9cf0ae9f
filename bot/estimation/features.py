"""What can be read off a message about the length of its answer: named features, in both languages alike.

A feature is present or has a number. Present ones are classes of the lexicon (`config/lexicon.toml`), the
classes of the word the request opens with (`lead.*`), its task (`as.*`) and shapes; numbers are sizes, counts and
shapes, mostly as logarithms to base 2.
"""

from math import log2
from typing import NamedTuple

from bot.estimation import length_shape
from bot.estimation.length_lexicon import ITEM, OPENERS, UNIT, Lexicon
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
    """The features of a message by number, its task, and a length asked for."""

    present: set[int]
    values: list[tuple[int, float]]
    task: str
    asked: Asked


class FeatureReader:
    """Reads the features of a message, with the lexicon loaded once."""

    def __init__(self, lexicon: Lexicon) -> None:
        classes = lexicon.classes
        openers = [i for i, name in enumerate(classes) if name.split(".")[0] in OPENERS]
        self.lexicon = lexicon
        self.tasks = (*(name[5:] for name in classes if name.startswith("task.")), *UNNAMED)
        self.names = (
            *classes,
            *(f"lead.{classes[i].split('.')[1]}" for i in openers),
            *(f"as.{task}" for task in self.tasks),
            *PRESENCES,
            *NUMBERS,
        )
        number = {name: i for i, name in enumerate(self.names)}
        self._number = number
        self._as = {task: number[f"as.{task}"] for task in self.tasks}
        self._lead = {i: len(classes) + n for n, i in enumerate(openers)}
        self._task = {i: classes[i][5:] for i in openers if classes[i].startswith("task.")}
        self._verbs = frozenset(i for i in openers if classes[i].startswith("verb."))
        self._code = frozenset(number[f"topic.{name}"] for name in ("language", "framework", "computing"))
        self._maths = number["topic.maths"]
        self._unit, self._item = number[UNIT], number[ITEM]
        self._english, self._french = number["language.english"], number["language.french"]
        self._languages = [(name, number[f"language.{name}"]) for name in ("spanish", "german")]

    def read(self, words: list[str], text: str) -> Reading:
        """Return the features of a message given its words (`words.split`) and its text."""
        hits, lead, task = self._scan(words)
        present = set(hits)
        part = excerpt(text)
        stripped = part.rstrip()
        names = length_shape.presences(part, stripped)
        values = length_shape.numbers(part, stripped)
        size = self._size(words, part, text, names)
        code = 0 if self._code.isdisjoint(present) else sum(map(self._code.__contains__, hits))
        self._language(hits, present, names)
        self._sizes(size, task, code, names, values)
        self._counts(words, part, hits, present, values)
        if self._item in present:
            self._items(words, names, values)
        asked = self._asked(words, present, task, size, code)
        number = self._number
        present.update([self._lead[i] for i in lead])
        present.update([number[name] for name in names])
        present.add(self._as[task])
        return Reading(present, [(number[name], value) for name, value in values], task, asked)

    def _scan(self, words: list[str]) -> tuple[list[int], tuple[int, ...], str]:
        """Classes met, those of the word the request opens with, and the task."""
        hits: list[int] = []
        lead: tuple[int, ...] = ()
        task = ""
        tasks, is_opener = self._task, self._lead
        following = [*words[1:], ""]
        for at, entry in enumerate(map(self.lexicon.entries.get, words)):
            if entry is None:
                continue
            hits += entry.classes
            openers = entry.openers
            if following[at] in entry.longer:
                for index in _completed(entry.longer[following[at]], words, at + 2):
                    hits.append(index)
                    if index in is_opener:
                        openers += (index,)
            if openers and not task:
                lead = lead or openers
                for index in openers:
                    task = tasks.get(index, task)
        return hits, lead, task or self._unnamed(lead)

    def _unnamed(self, lead: tuple[int, ...]) -> str:
        write, ask, other = UNNAMED
        if not lead:
            return other
        return write if lead[0] in self._verbs else ask

    def _size(self, words: list[str], part: str, text: str, names: list[str]) -> float:
        """Words of the whole text, as far as its excerpt tells; two Chinese characters count as one."""
        script, foreign = length_shape.script(part)
        if script:
            names.append(script)
        size = len(words) + foreign / 2
        return size * len(text) / len(part) if len(text) > HEAD + TAIL else size

    def _language(self, hits: list[int], present: set[int], names: list[str]) -> None:
        english = hits.count(self._english) if self._english in present else 0
        if self._french in present and hits.count(self._french) > english:
            names.append("french")
            return
        for name, index in self._languages:
            if index in present and hits.count(index) > english:
                names.append(name)

    def _sizes(self, size: float, task: str, code: int, names: list[str], values: list[tuple[str, float]]) -> None:
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

    def _counts(
        self, words: list[str], part: str, hits: list[int], present: set[int], values: list[tuple[str, float]]
    ) -> None:
        if self._maths in present:
            values.append(("maths_words", log2(1 + hits.count(self._maths))))
        if any(map(part.__contains__, "1203456789")):
            values.append(("digits", log2(1 + sum(map(str.isdecimal, words)))))

    def _items(self, words: list[str], names: list[str], values: list[tuple[str, float]]) -> None:
        items = asked_items(words, self.lexicon)
        if items:
            names.append("asks_items")
            values.append(("items", log2(min(items, 100)) - 2))

    def _asked(self, words: list[str], present: set[int], task: str, size: float, code: int) -> Asked:
        lexicon = self.lexicon
        asked = None
        if self._unit in present and code < CODE_WORDS:
            asked = asked_by_units(words, lexicon)
        asked = asked or asked_by_phrase(present, lexicon)
        if asked is None and size > TINY and task in lexicon.follows:
            asked = asked_by_text(size, lexicon.follows[task])
        return asked or NOTHING_ASKED


def _completed(phrases: list[tuple[list[str], int]], words: list[str], at: int) -> list[int]:
    """The classes of those expressions that go on as the words do from `at`."""
    return [index for rest, index in phrases if not rest or words[at : at + len(rest)] == rest]
