"""What can be read off a message about the length of its answer: named features, in both languages alike.

A feature is present or has a number. Present ones are classes of the lexicon (`config/lexicon.toml`), the
classes of the word the request opens with (`lead.*`), its task (`as.*`) and shapes; numbers are sizes, counts and
shapes, mostly as logarithms to base 2. What is present is told by its place in `FeatureReader.names`, so that
coefficients can be looked up in lists.
"""

from collections.abc import Iterable, Mapping, Set
from math import log2
from pathlib import Path
from typing import NamedTuple

from bot.estimation.answer_length import dialogue_acts, shape, sizes
from bot.estimation.answer_length.dialogue_acts import FEELING, Act, DialogueActs
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
from bot.estimation.answer_length.tables import LengthFile
from bot.estimation.facts.fact import checked
from bot.estimation.words import excerpt

NUMBERS = (
    "size", "size_above_32", "size_above_128", "size_edited", "size_code", "items", "digits", "code_words",
    "maths_words", *shape.NUMBERS, *dialogue_acts.NUMBERS,
)  # fmt: skip
"""Features that carry a number: log2(1 + words) - 4, how far that logarithm is above 5 and 7, the size of texts
to be worked on and of messages with code, log2(things asked for) - 2, log2(1 + count) of numbers, words of code
and of mathematics."""

PRESENCES = (
    "asks_items", "french", "spanish", "german", "tiny", "short_lookup", "short_ask", "short_fact",
    "named_fact", "named_what", "handed",
    *shape.PRESENCES, *dialogue_acts.PRESENCES,
)  # fmt: skip
"""Features that are present or not and aren't classes of the lexicon."""

CODE = ("topic.language", "topic.framework", "topic.computing")
"""Classes of words of code."""

FEW = 20
"""Words that are as soon looked at as the text for a digit."""

TOLD_APART = ("language.", "question.", "mark.", "form.", "act.")
"""Classes that are no features: they'd tell the languages apart (`question`), have a length given (`form`), or serve
to tell others."""

FACT = 24
"""Words of a question about a fact."""

FACTS = ("who", "when_where", "which", "how_many", "lookup")
"""Openings of questions about facts."""

WHATS = ("what", "what_is", "what_is_the")
"""Openings of questions that are about a fact where they name something: "what is Batman's real name?"."""

MATTERS = frozenset({
    "story", "poem", "article", "name", "table", "social", "email", "dialogue", "classify", "plan", "joke", "quiz",
    "essay", "analyse", "extract", "list", "code", "data", "correct", "argue", "complete",
})  # fmt: skip
"""Tasks that a question about a fact names as its matter."""

EDGE = 40
"""Words from a message's beginning or end within which a request is looked for; between, it's the matter's."""

WORKS = sizes.EDITS | {"classify", "extract", "summarise", "name", "define", "joke"}
"""Tasks that are short work on a text handed over after a blank line."""

SUM_TASK = "solve"
"""The task of a message that is nothing but a sum."""

SMALL_TALK = "talk"
"""The task of a message that is nothing but greetings, thanks, announcements and the like."""

UNNAMED = ("write", "ask", "other")
"""Tasks of messages that name none: an order, a question, neither."""

NO_LEAD: frozenset[int] = frozenset()

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

    def __init__(self, lexicon: Lexicon, acts: Mapping[str, Mapping[str, float]]) -> None:
        self.lexicon = lexicon
        classes = {name: number for number, name in enumerate(lexicon.classes)}
        openers = {name: name.split(".")[1] for name in classes if name.split(".")[0] in OPENERS}
        tasks = {name: key for name, key in openers.items() if name.startswith("task.")}
        self.tasks = (*tasks.values(), *UNNAMED, *dialogue_acts.TASKS)
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
        self._read = frozenset(at for name, at in classes.items() if not name.startswith(TOLD_APART))
        self.acts = DialogueActs(lexicon, number, acts)
        self._fixed = frozenset(lexicon.fixed)
        self._facts = frozenset(number[f"lead.{name}"] for name in FACTS)
        self._whats = frozenset(number[f"lead.{name}"] for name in WHATS)

    @classmethod
    def load(cls, config_dir: Path) -> "FeatureReader":
        """Read the lexicon and the lengths of dialogue acts; `ConfigError` when they can't be read."""
        return cls(Lexicon.load(config_dir), checked(config_dir, "answer_length", LengthFile)["act"])

    def read(self, words: list[str], text: str) -> FeatureVector:
        """Return the features of a message given its words (`words.split`) and its text."""
        hits, lead, task = self._scan(words)
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
        elif size <= FACT and lead:
            task = self._fact(part, lead, task, names)
        wanted = (
            Target(act.prior, act.weight)
            if act and act.weight
            else self._target(words, part, present, task, size, code)
        )
        return FeatureVector(
            [*(present & self._read), *lead, self._as[task], *map(self._number, names)], values, task, wanted
        )

    def _scan(self, words: list[str]) -> tuple[list[int], Set[int], str]:
        """Classes met, those of the word the request opens with as `lead.*`, and the task."""
        hits: list[int] = []
        opening: list[int] = []
        task, tail = "", len(words) - EDGE
        tasks, lead_of = self._task, self._lead
        following = [*words[1:], "", ""]
        for at, entry in enumerate(map(self.lexicon.entries.get, words)):
            if entry is None:
                continue
            classes, openers, pairs = entry
            hits += classes
            if following[at] in pairs:
                found, longer = pairs[following[at]]
                if following[at + 1] in longer:
                    found = [*found, *_completed(longer[following[at + 1]], words, at + 3)]
                hits += found
                if not task:
                    openers = [*openers, *filter(lead_of.__contains__, found)]
            if openers and not task:
                opening = opening or openers
                if at < EDGE or at >= tail:
                    for number in openers:
                        task = tasks.get(number, task)
        lead = {lead_of[number] for number in opening} if opening else NO_LEAD
        return hits, lead, task or self._unnamed(opening)

    def _talk(self, act: Act, hits: list[int], present: set[int]) -> FeatureVector:
        names: list[str] = []
        self._language(hits, present, names)
        more = self.lexicon.french_talk if "french" in names else 0.0
        low, expected, high = act.prior
        return FeatureVector([], [], SMALL_TALK, Target((low + more, expected + more, high + more), 1.0))

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
        if len(words) <= sizes.SHORT and is_sum(words, self.lexicon):
            present.add(self._sum)
            return SUM_TASK
        return task

    def _fact(self, part: str, lead: Set[int], task: str, names: list[str]) -> str:
        """Add what tells a question about a fact, and return its task: "who wrote the story of …" asks for no story."""
        named = not part[1:].islower() and " I " not in part
        if self._facts.isdisjoint(lead):
            if named and not self._whats.isdisjoint(lead):
                names.append("named_what")
            return task
        names.append("short_fact")
        if named:
            names.append("named_fact")
        return "lookup" if task in MATTERS else task

    def _target(self, words: list[str], part: str, present: set[int], task: str, size: float, code: int) -> Target:
        lexicon = self.lexicon
        asked = None
        if self._unit in present and code < sizes.CODE_WORDS:
            asked = asked_by_units(words, lexicon)
        if asked is None and not self._fixed.isdisjoint(present):
            asked = asked_by_phrase(present, lexicon)
        if asked is None and task in lexicon.forms and self._long not in present:
            form = asked_by_form(present, size, lexicon.forms[task])
            if form:
                return form
        if asked is None and size > sizes.TINY and task in lexicon.follows:
            asked = asked_by_text(part, size, lexicon.follows[task])
        return target(asked, lexicon.drift) if asked else NO_TARGET


def _completed(endings: Iterable[tuple[tuple[str, ...], int]], words: list[str], at: int) -> list[int]:
    """The classes of those expressions that go on as the words do from `at`."""
    return [number for rest, number in endings if tuple(words[at : at + len(rest)]) == rest]
