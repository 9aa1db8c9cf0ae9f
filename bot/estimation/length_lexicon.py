"""The bilingual lexicon of `config/lexicon.toml` as one dictionary, from first word to what it may mean."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.estimation.facts import read
from bot.estimation.words import split, unaccented

ROLES = ("task", "verb", "question", "length", "topic", "style", "language", "fixed")
"""The kinds of class; the presence of one is a feature."""

OPENERS = frozenset({"task", "verb", "question"})
"""The kinds of class that can open a request."""

MARKS = UNIT, ITEM, NUMBER = "mark.unit", "mark.item", "mark.number"
"""Marks of numbers in words, and of words before which a number may ask for a length; no features."""


Endings = dict[str, dict[tuple[tuple[str, ...], str], None]]
"""By the third word of an expression, its further words and its class, each once and in order."""


@dataclass(slots=True)
class Entry:
    """What a word may mean: its own classes, those that can open a request, and expressions that begin with it.

    By an expression's second word, `pairs` has the classes of those of two words, and `longer`, by the third, the
    further words and the class of the others; each second word is in both.
    """

    classes: tuple[str, ...] = ()
    openers: tuple[str, ...] = ()
    pairs: dict[str, list[str]] = field(default_factory=dict)
    longer: dict[str, Endings] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Request:
    """A length that can be asked for: tokens (of one unit), and how far that decides the answer's, 0 to 1."""

    rank: int
    tokens: float
    weight: float
    article: bool = False
    least: int = 1


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Classes, the words that name them, lengths that can be asked for, counted things, numbers in words."""

    classes: tuple[str, ...]
    entries: Mapping[str, Entry]
    units: Mapping[str, Request]
    fixed: Mapping[str, Request]
    follows: Mapping[str, float]
    items: frozenset[str]
    numbers: Mapping[str, int]

    @classmethod
    def load(cls, config_dir: Path) -> "Lexicon":
        """Read `lexicon.toml`; `ConfigError` when it can't be read."""
        raw = read(config_dir, "lexicon")
        classes = [f"{role}.{name}" for role in ROLES for name in raw[role]]
        units, items = _units(raw["size"]), frozenset(spellings(raw["items"]))
        numbers = {word: int(number) for number, words in raw["numbers"].items() for word in words}
        entries = _Entries()
        for name in classes:
            role, key = name.split(".")
            entries.add(spellings(raw[role][key]), name, opener=role in OPENERS)
        entries.add(units, UNIT)
        entries.add(items, ITEM)
        entries.add(numbers, NUMBER)
        return cls(
            classes=tuple(classes),
            entries=entries.found,
            units=units,
            fixed={f"fixed.{name}": _fixed(entry) for name, entry in raw["fixed"].items()},
            follows=raw["follows"],
            items=items,
            numbers=numbers,
        )


class _Entries:
    """Collects expressions by their first word."""

    def __init__(self) -> None:
        self.found: dict[str, Entry] = {}

    def add(self, expressions: Iterable[str], name: str, *, opener: bool = False) -> None:
        for expression in expressions:
            first, *rest = split(expression)
            entry = self.found.setdefault(first, Entry())
            if rest:
                pairs, longer = entry.pairs.setdefault(rest[0], []), entry.longer.setdefault(rest[0], {})
                if len(rest) > 1:
                    longer.setdefault(rest[1], {})[tuple(rest[2:]), name] = None
                elif name not in pairs:
                    pairs.append(name)
            elif name not in entry.classes:
                entry.classes += (name,)
                entry.openers += (name,) if opener else ()


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
