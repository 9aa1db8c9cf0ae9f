"""Bars with their ranges below each other: models compared, training against use."""

from dataclasses import dataclass

from bot.charts.records.chart import AXIS, Chart, known
from bot.charts.records.scale import Tick

ROW = 54
"""Units that a bar with its words takes: Discord shows pictures at most 350 points high, room for five."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar with its range. A marked one is the reader's own; a hatched one is an assumption."""

    label: str
    value: str
    span: str
    low: float
    expected: float
    high: float
    marked: bool = False
    hatched: bool = False


@known
@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart(Chart):
    """Bars on one scale; on a logarithmic one a bar is its range, and a dot its expected value."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    log: bool

    @property
    def inside(self) -> int:
        """Return the units of bars and axis."""
        return ROW * len(self.bars) + AXIS
