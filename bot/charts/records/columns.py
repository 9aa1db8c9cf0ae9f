"""Columns side by side: a period by day."""

from dataclasses import dataclass

from bot.charts.records.chart import AXIS, Chart, known
from bot.charts.records.scale import Tick

PLOT = 170
"""Units from the highest tick to the lowest."""


@dataclass(frozen=True, slots=True)
class Column:
    """One day: its label ("" where there is no room for one), its figure, and that of the period before, if any."""

    label: str
    value: str
    low: float
    expected: float
    high: float
    before: float | None = None


@known
@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnChart(Chart):
    """Columns with their ranges, from the first day to the last."""

    columns: tuple[Column, ...]
    ticks: tuple[Tick, ...]

    @property
    def inside(self) -> int:
        """Return the units of plot and axis."""
        return PLOT + AXIS
