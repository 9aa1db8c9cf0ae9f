"""When it was: a period by day, and by hour of the week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.estimation.ranges import Range
from bot.usecases.records.boards import Days

DAY, WEEK, MONTH = "day", "week", "month"
"""What a timeline's stretches are."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A day, week or month by its first day: energy (Wh), and that of the same day of the period before, if known."""

    start: date
    energy_wh: Range
    before_wh: float | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """A period from its first stretch to its last."""

    days: Days
    unit: str
    stretches: Sequence[Stretch]


@dataclass(frozen=True, slots=True)
class WeekHours:
    """Messages by weekday, Monday first, and hour, over these days."""

    days: Days
    messages: Sequence[Sequence[int]]
