"""The bilingual lexicon of `config/lexicon.toml` as one dictionary, from first word to what it may mean."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.estimation.facts import read
from bot.estimation.words import split, unaccented

ROLES = ("task", "verb", "question", "length", "topic", "style", "language", "fixed")
"""The kinds of class; the presence of one is a feature, but for questions, which only open a request."""

OPENERS = frozenset({"task", "verb", "question"})
"""The kinds of class that can open a request."""

UNIT, ITEM = "mark.unit", "mark.item"
"""Marks of words before which a number may ask for a length; no features."""


@dataclass(slots=True)
class Entry:
    """What a word may mean: its own classes, and by the next word the expressions that begin with both.

    Each expression is what follows the second word, and its class.
    """

    classes: tuple[int, ...] = ()
    openers: tuple[int, ...] = ()
    longer: dict[str, list[tuple[list[str], int]]] = field(default_factory=dict)


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
    fixed: Mapping[int, Request]
    follows: Mapping[str, float]
    items: frozenset[str]
    numbers: Mapping[str, int]

    @classmethod
    def load(cls, config_dir: Path) -> "Lexicon":
        """Read `lexicon.toml`; `ConfigError` when it can't be read."""
        raw = read(config_dir, "lexicon")
        classes = [f"{role}.{name}" for role in ROLES for name in raw[role]]
        units, items = _units(raw["size"]), frozenset(spellings(raw["items"]))
        entries = _Entries()
        for index, name in enumerate(classes):
            role, key = name.split(".")
            entries.add(spellings(raw[role][key]), index, opener=role in OPENERS, inside=role != "question")
        entries.add(units, len(classes))
        entries.add(items, len(classes) + 1)
        return cls(
            classes=(*classes, UNIT, ITEM),
            entries=entries.found,
            units=units,
            fixed={i: _fixed(raw["fixed"][n[6:]]) for i, n in enumerate(classes) if n.startswith("fixed.")},
            follows=raw["follows"],
            items=items,
            numbers={word: int(number) for number, words in raw["numbers"].items() for word in words},
        )


class _Entries:
    """Collects expressions by their first word."""

    def __init__(self) -> None:
        self.found: dict[str, Entry] = {}

    def add(self, expressions: Iterable[str], index: int, *, opener: bool = False, inside: bool = True) -> None:
        for expression in expressions:
            first, *rest = split(expression)
            entry = self.found.setdefault(first, Entry())
            if rest:
                self._add_longer(entry, rest, index)
            elif index not in entry.classes + entry.openers:
                entry.classes += (index,) if inside else ()
                entry.openers += (index,) if opener else ()

    def _add_longer(self, entry: Entry, rest: list[str], index: int) -> None:
        phrases = entry.longer.setdefault(rest[0], [])
        if (rest[1:], index) not in phrases:
            phrases.append((rest[1:], index))


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
