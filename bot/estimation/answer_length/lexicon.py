"""The bilingual lexicon of `config/lexicon.toml` as one dictionary, from first word to what it may mean."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import log2
from pathlib import Path
from typing import Any, NamedTuple

from bot.estimation.answer_length.tables import LengthFile, LexiconFile
from bot.estimation.facts.fact import checked
from bot.estimation.words import split, unaccented

ROLES = ("task", "verb", "question", "length", "topic", "style", "language", "fixed", "form", "act")
"""The kinds of class; the presence of one is a feature."""

OPENERS = frozenset({"task", "verb", "question"})
"""The kinds of class that can open a request."""

MARKS = UNIT, ITEM, NUMBER, SUM = "mark.unit", "mark.item", "mark.number", "mark.sum"
"""WatermarkHolds of words before which a number may ask for a length, of numbers in words, and of a mere sum."""

Endings = dict[str, dict[tuple[tuple[str, ...], int], None]]
"""By the third word of an expression, its further words and its class, each once and in order."""


class Entry(NamedTuple):
    """What a word may mean: its own classes, those that can open a request, and expressions that begin with it.

    Classes go by their number. By an expression's second word, `pairs` has the classes of those of two words, and
    the others by their third.
    """

    classes: list[int]
    openers: list[int]
    pairs: dict[str, tuple[list[int], Endings]]


@dataclass(frozen=True, slots=True)
class Request:
    """A length that can be asked for: tokens (of one unit), and how far that decides the answer's, 0 to 1."""

    rank: int
    tokens: float
    weight: float
    article: bool = False
    least: int = 1


@dataclass(frozen=True, slots=True)
class Form:
    """A short thing that can be asked for, "a haiku": log2 tokens, and how far that decides the answer's.

    `needs`: classes that a message must have, besides the task, to ask for it.
    """

    length: tuple[float, float, float]
    weight: float
    most_words: float
    needs: frozenset[int]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Classes, the words that name them, lengths that can be asked for, counted things, openings of statements.

    `courtesies`: words of greeting and thanks, with the act's name and whether they are French. `french_talk`: log2 of
    what small talk in French takes per English token.
    """

    classes: tuple[str, ...]
    entries: Mapping[str, Entry]
    units: Mapping[str, Request]
    fixed: Mapping[int, Request]
    forms: Mapping[str, list[Form]]
    follows: Mapping[str, float]
    items: frozenset[str]
    numbers: Mapping[str, int]
    sums: frozenset[str]
    drift: tuple[float, float, float]
    openings: Mapping[str, str]
    courtesies: Mapping[str, tuple[str, bool]]
    french_talk: float

    @classmethod
    def load(cls, config_dir: Path) -> "Lexicon":
        """Read `lexicon.toml` and what is asked of lengths; `ConfigError` when they can't be read."""
        raw, given = checked(config_dir, "lexicon", LexiconFile), checked(config_dir, "answer_length", LengthFile)
        asked = given["asked"]
        classes = (*(f"{role}.{name}" for role in ROLES for name in raw[role]), *MARKS)
        number = {name: at for at, name in enumerate(classes)}
        units, items = _units(raw["size"]), frozenset(spellings(raw["items"]))
        numbers = {word: int(value) for value, words in raw["numbers"].items() for word in words}
        words: dict[int, Iterable[str]] = {
            number[f"{role}.{name}"]: spellings(entry) for role in ROLES for name, entry in raw[role].items()
        }
        words |= {number[UNIT]: units, number[ITEM]: items, number[NUMBER]: numbers}
        openers = frozenset(number[name] for name in classes if name.split(".")[0] in OPENERS)
        return cls(
            classes=classes,
            entries=_entries(words, openers),
            units=units,
            fixed={number[f"fixed.{name}"]: _fixed(entry) for name, entry in raw["fixed"].items()},
            forms=_forms(raw["form"], number),
            follows=raw["follows"],
            items=items,
            numbers=numbers,
            sums=frozenset(spellings(raw["sums"])),
            drift=(float(asked["low"]), float(asked["expected"]), float(asked["high"])),
            openings=_openings(raw),
            courtesies=_courtesies(raw["act"]),
            french_talk=log2(given["french_talk"]["factor"]),
        )


def _openings(raw: Mapping[str, Any]) -> dict[str, str]:
    """The kind of statement that a first word opens: those of `opening`, or "thanks"."""
    kinds = {unaccented(word): kind for kind, words in raw["opening"].items() for word in words}
    kinds |= {word: kind for kind, words in raw["opening"].items() for word in words}
    return kinds | {word: "thanks" for word in ("thank", *spellings(raw["act"]["thanks"])) if " " not in word}


def _courtesies(acts: Mapping[str, Mapping[str, list[str]]]) -> dict[str, tuple[str, bool]]:
    """Words of thanks and of greeting, with the act and whether they are French."""
    return {
        word: (name, language == "fr")
        for name in ("greeting", "thanks")
        for language in ("en", "fr")
        for word in (expression.split()[0] for expression in acts[name][language])
        if word not in ("je", "good", "much")
    }


def _entries(words: Mapping[int, Iterable[str]], openers: frozenset[int]) -> dict[str, Entry]:
    """Expressions of every class, by their first word."""
    found: dict[str, Entry] = {}
    for number, expressions in words.items():
        for expression in expressions:
            first, *rest = split(expression)
            entry = found.setdefault(first, Entry([], [], {}))
            if rest:
                _add_longer(entry, rest, number)
            elif number not in entry.classes:
                entry.classes.append(number)
                entry.openers.extend([number] if number in openers else ())
    return found


def _add_longer(entry: Entry, rest: list[str], number: int) -> None:
    pairs, longer = entry.pairs.setdefault(rest[0], ([], {}))
    if len(rest) > 1:
        longer.setdefault(rest[1], {})[tuple(rest[2:]), number] = None
    elif number not in pairs:
        pairs.append(number)


def spellings(entry: Mapping[str, Any]) -> Iterator[str]:
    """Every spelling of a class: both languages, verb forms, with and without accents."""
    for expression in (*entry.get("en", ()), *entry.get("fr", ()), *_conjugated(entry.get("er", ()))):
        yield expression
        bare = unaccented(expression)
        if bare != expression:
            yield bare


def _conjugated(infinitives: Iterable[str]) -> Iterator[str]:
    for infinitive in infinitives:
        stem = infinitive.removesuffix("er")
        yield from (infinitive, f"{stem}e", f"{stem}es", f"{stem}ez")


def _units(raw: Mapping[str, Any]) -> dict[str, Request]:
    return {
        spelling: Request(rank, float(e["tokens"]), float(e["weight"]), bool(e["article"]), int(e["least"]))
        for rank, e in enumerate(raw.values())
        for spelling in spellings(e)
    }


def _fixed(entry: Mapping[str, Any]) -> Request:
    return Request(0, float(entry["tokens"]), float(entry["weight"]))


def _forms(raw: Mapping[str, Any], number: Mapping[str, int]) -> dict[str, list[Form]]:
    """The forms of each task."""
    forms: dict[str, list[Form]] = {}
    for name, entry in raw.items():
        needs = [*entry.get("needs", ()), *([f"form.{name}"] if "en" in entry else ())]
        length = (log2(entry["low"]), log2(entry["expected"]), log2(entry["high"]))
        form = Form(length, float(entry["weight"]), entry["most_words"], frozenset(number[need] for need in needs))
        for task in entry["tasks"]:
            forms.setdefault(task, []).append(form)
    return forms
