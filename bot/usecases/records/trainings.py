"""What `/training` shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.estimation.facts.equivalents import Equivalence
from bot.estimation.facts.training_facts import BreakEven, Reference, Training
from bot.estimation.ranges import Range


@dataclass(frozen=True, slots=True)
class Shown:
    """One training, and what it is in everyday terms; `households` in France for a year, None without energy."""

    training: Training
    households: float | None
    equivalences: Sequence[Equivalence] = ()


@dataclass(frozen=True, slots=True)
class AverageUse:
    """The energy of a server's average answer (Wh), and the model that its answers are estimated for."""

    energy_wh: Range
    model: str


@dataclass(frozen=True, slots=True)
class Use:
    """What a training is held against: one answer's energy (Wh), and whose it is.

    Of the training's own `model` an ordinary answer of so many `tokens`, where there is an estimate of it; else a
    server's average answer (0 tokens), estimated for `model`; else an ordinary answer of the default model.
    """

    answer_wh: Range
    model: str
    tokens: int
    references: Mapping[str, Reference]


@dataclass(frozen=True, slots=True)
class Circulating:
    """The right figures behind the one that circulates: Llama 3.1 405B, and Llama 4."""

    right: Training
    other: Training
    households: float
    inhabitants: float
    household_kwh: float
    person_kwh: float


@dataclass(frozen=True, slots=True)
class Page:
    """All that the page of one model shows."""

    shown: Shown
    use: Use
    break_even: BreakEven | None
    circulating: Circulating
    household_kwh: float


@dataclass(frozen=True, slots=True)
class Overview:
    """All that the overview shows: the rows, the most energy first, and how many trainings there are in all."""

    rows: Sequence[Shown]
    use: Use
    break_even: BreakEven
    circulating: Circulating
    household_kwh: float
    known: int
