"""A quantity as everyday things: the few whose number is easiest to picture."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, field_validator

from bot.estimation.facts.fact import Fact, Number, Rows, Table, load, newest

TO_BASE = {
    "Wh": 1.0,
    "kWh": 1e3,
    "kgCO2e": 1e3,
    "mL": 1.0,
    "L": 1e3,
    "kgSbeq": 1e9,
}
"""From the unit of a fact to ours: Wh, g CO2e, mL, ug Sb."""

STEPS = {
    "length": ((1.0, "km", 1.0), (1e-3, "m", 1e3), (0.0, "cm", 1e5)),
    "duration": ((1.0, "h", 1.0), (1 / 60, "min", 60.0), (0.0, "s", 3600.0)),
    "days": ((1.0, "d", 1.0), (1 / 24, "h", 24.0), (0.0, "min", 1440.0)),
    "share": ((1.0, "", 1.0), (0.0, "%", 100.0)),
    "count": ((0.0, "", 1.0),),
}
"""How each measure is shown: from which number on, the unit, and the factor to it."""

EASIEST = 10.0
"""The number that is easiest to picture; far from it in either direction gets harder."""

ALMOST = 1 - 1e-9
"""So that rounding in the last digit doesn't make 100 % of one whole."""

PICTURABLE = (0.1, 1000.0)
DIMENSIONS = ("energy", "gwp", "water")


class EquivalentFact(Fact):
    """What one of a familiar thing emits, uses or holds, in the unit of its source ("kWh/day")."""

    dimension: Literal["energy", "gwp", "water", "adpe"]
    measure: Literal["length", "duration", "days", "share", "count"]
    value: Annotated[Number, Field(gt=0)]
    low: Number | None = None
    high: Number | None = None

    @field_validator("unit")
    @classmethod
    def _known_unit(cls, unit: str) -> str:
        if unit.partition("/")[0] not in TO_BASE:
            raise ValueError(f"one of {', '.join(TO_BASE)} expected, by something")
        return unit


class EquivalentFile(Table):
    """`config/equivalents.toml`."""

    equivalent: Rows[EquivalentFact]


@dataclass(frozen=True, slots=True)
class Equivalent:
    """One familiar thing: `value` in Wh, g CO2e, mL or ug Sb for one of it."""

    id: str
    dimension: str
    measure: str
    value: float
    fact: EquivalentFact


@dataclass(frozen=True, slots=True)
class Equivalence:
    """So many of it: `quantity` in `unit` ("min", "m", "%", "" for a plain number)."""

    equivalent: Equivalent
    quantity: float
    unit: str


def load_equivalents(config_dir: Path) -> dict[str, Equivalent]:
    """Return the equivalents by id, from `config/equivalents.toml`, in its order of preference."""
    known = newest(load(config_dir, "equivalents", EquivalentFile).equivalent)
    return {name: _equivalent(fact) for name, fact in known.items()}


def _equivalent(fact: EquivalentFact) -> Equivalent:
    factor = TO_BASE[fact.unit.partition("/")[0]]
    return Equivalent(fact.id, fact.dimension, fact.measure, fact.value * factor, fact)


def picture(equivalent: Equivalent, amount: float) -> Equivalence:
    """Return how many of it the amount (Wh, g CO2e, mL or ug Sb) comes to, in the unit that fits."""
    number = amount / equivalent.value
    for least, unit, factor in STEPS[equivalent.measure]:
        if number >= least * ALMOST:
            return Equivalence(equivalent, number * factor, unit)
    raise ValueError("an amount can't be negative")


def pick(equivalents: Iterable[Equivalent], amounts: Mapping[str, float], count: int = 4) -> list[Equivalence]:
    """Return up to `count` pictures: the best of each dimension, then others, first of another kind.

    `amounts` by dimension, in Wh, g CO2e and mL. Only numbers between 0.1 and 1,000 are picked.
    """
    equivalences = [one for _, one in sorted(_rated(equivalents, amounts), key=lambda pair: pair[0])]
    best = {one.equivalent.dimension: one for one in reversed(equivalences)}
    chosen = [best[dimension] for dimension in DIMENSIONS if dimension in best]
    measures = {one.equivalent.measure for one in chosen}
    others = [one for one in equivalences if one not in chosen]
    others.sort(key=lambda one: one.equivalent.measure in measures)
    chosen = (chosen + others)[:count]
    return sorted(chosen, key=lambda one: DIMENSIONS.index(one.equivalent.dimension))


def _rated(equivalents: Iterable[Equivalent], amounts: Mapping[str, float]) -> Iterable[tuple[float, Equivalence]]:
    places = dict.fromkeys(DIMENSIONS, 0)
    for equivalent in equivalents:
        amount = amounts.get(equivalent.dimension)
        if not amount or equivalent.dimension not in places:
            continue
        places[equivalent.dimension] += 1
        one = picture(equivalent, amount)
        if PICTURABLE[0] <= one.quantity <= PICTURABLE[1]:
            yield _difficulty(one, places[equivalent.dimension]), one


def _difficulty(one: Equivalence, place: int) -> float:
    """Return how hard the number is to picture: decades from the easiest, its place in the file, a share."""
    return abs(math.log10(one.quantity / EASIEST)) + 0.4 * place + 0.4 * (one.unit == "%")
