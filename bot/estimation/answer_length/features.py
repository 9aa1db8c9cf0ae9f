"""What can be read off a message about the length of its answer: named features, in both languages alike.

A feature is present or has a number. Present ones are classes of the lexicon (`config/lexicon.toml`), the
classes of the word the request opens with (`lead.*`), its task (`as.*`) and shapes; numbers are sizes, counts and
shapes, mostly as logarithms to base 2. What is present is told by its place in `FeatureReader.names`, so that
coefficients can be looked up in lists.
"""

from collections.abc import Mapping
from math import log2
from pathlib import Path
from typing import NamedTuple

from bot.estimation.answer_length import shape, sizes
from bot.estimation.answer_length.act import FEELING, TASKS, Act
from bot.estimation.answer_length.dialogue_acts import DialogueActs
from bot.estimation.answer_length.factual_questions import MAX_FACT_WORDS, FactualQuestions
from bot.estimation.answer_length.feature_names import LANGUAGES, NUMBERS, PRESENCES, SMALL_TALK, TOLD_APART, UNNAMED
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
from bot.estimation.answer_length.request_scan import RequestScan
from bot.estimation.answer_length.tables import LengthFile
from bot.estimation.facts.fact import checked
from bot.estimation.words import excerpt

CODE = ("topic.language", "topic.framework", "topic.computing")
"""Classes of words of code."""

FEW = 20
"""Words that are as soon looked at as the text for a digit."""

WORKS = sizes.EDITS | {"classify", "extract", "summarise", "name", "define", "joke"}
"""Tasks that are short work on a text handed over after a blank line."""

SUM_TASK = "solve"
"""The task of a message that is nothing but a sum."""


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

    def __init__(self, lexicon: Lexicon, acts: Mapping[str, Mapping[str, float]]) -> None:
        self.lexicon = lexicon
        classes = {name: number for number, name in enumerate(lexicon.classes)}
        openers = {name: name.split(".")[1] for name in classes if name.split(".")[0] in OPENERS}
        tasks = [key for name, key in openers.items() if name.startswith("task.")]
        self.tasks = (*tasks, *UNNAMED, *TASKS)
        leads = [f"lead.{key}" for key in dict.fromkeys(openers.values())]
        self.names = (*classes, *leads, *(f"as.{task}" for task in self.tasks), *PRESENCES, *NUMBERS)
        number = {name: at for at, name in enumerate(self.names)}
        self._number = number.__getitem__
        self._requests = RequestScan(lexicon.entries, number)
        self._as = {task: number[f"as.{task}"] for task in self.tasks}
        self._code = frozenset(number[name] for name in CODE)
        self._unit, self._item, self._spoken = number[UNIT], number[ITEM], number[NUMBER]
        self._maths, self._long = number["topic.maths"], number["length.long"]
        self._sum, self._english = number[SUM], number["language.english"]
        self._foreign = [(number[f"language.{name}"], name) for name in LANGUAGES]
        self._languages = frozenset(at for at, _ in self._foreign)
        self._read = frozenset(at for name, at in classes.items() if not name.startswith(TOLD_APART))
        self.acts = DialogueActs(lexicon, number, acts)
        self._fixed = frozenset(lexicon.fixed)
        self._factual = FactualQuestions(number)

    @classmethod
    def load(cls, config_dir: Path) -> "FeatureReader":
        """Read the lexicon and the lengths of dialogue acts; `ConfigError` when they can't be read."""
        return cls(Lexicon.load(config_dir), checked(config_dir, "answer_length", LengthFile)["act"])

    def read(self, words: list[str], text: str) -> FeatureVector:
        """Return the features of a message given its words (`words.split`) and its text."""
        hits, lead, task = self._requests.read(words)
        present = set(hits)
        part = excerpt(text)
        stripped = part.rstrip()
        names = shape.presences(part, stripped)
        values = shape.numbers(part, stripped)
        act = self.acts.find(words, part, present, task in UNNAMED)
        if act is not None:
            if act.talk:
                return self._talk(act, hits, present)
            task = act.task
        size = sizes.words_of(words, part, text, names)
        code = 0 if self._code.isdisjoint(present) else sum(map(self._code.__contains__, hits))
        sizes.add(size, task, code, names, values)
        if self._maths in present:
            values.append(("maths_words", log2(1 + hits.count(self._maths))))
        if not self._languages.isdisjoint(present):
            self._language(hits, present, names)
        numbers = sum(map(str.isdecimal, words)) if len(words) < FEW or any(map(part.__contains__, "1203456789")) else 0
        if numbers:
            values.append(("digits", log2(1 + numbers)))
        if numbers or self._spoken in present:
            task = self._counted(words, present, task, names, values)
        if task in WORKS and "blank_line" in names:
            names.append("handed")
        if act is not None:
            names += act.features
            values.append(("feels_size" if act.task == FEELING else "says_size", log2(1 + size) - 4))
        elif size <= MAX_FACT_WORDS and lead:
            task = self._factual.task(part, lead, present, task, names)
        wanted = (
            Target(act.prior, act.weight)
            if act and act.weight
            else self._target(words, part, present, task, size, code)
        )
        return FeatureVector(
            [*(present & self._read), *lead, self._as[task], *map(self._number, names)], values, task, wanted
        )

    def _talk(self, act: Act, hits: list[int], present: set[int]) -> FeatureVector:
        names: list[str] = []
        self._language(hits, present, names)
        more = self.lexicon.french_talk if "french" in names else 0.0
        low, expected, high = act.prior
        return FeatureVector([], [], SMALL_TALK, Target((low + more, expected + more, high + more), 1.0))

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
        if len(words) <= sizes.SHORT and is_sum(words, self.lexicon):
            present.add(self._sum)
            return SUM_TASK
        return task

    def _target(self, words: list[str], part: str, present: set[int], task: str, size: float, code: int) -> Target:
        lexicon = self.lexicon
        asked = None
        if self._unit in present and code < sizes.CODE_WORDS:
            asked = asked_by_units(words, lexicon)
        if asked is None and not self._fixed.isdisjoint(present):
            asked = asked_by_phrase(present, lexicon)
        if asked is None and task in lexicon.forms and (self._long not in present or ":" in part):
            form = asked_by_form(present, size, lexicon.forms[task])
            if form:
                return form
        if asked is None and size > sizes.TINY and task in lexicon.follows:
            asked = asked_by_text(part, size, lexicon.follows[task])
        return target(asked, lexicon.drift) if asked else NO_TARGET
