"""What a whole is made of, and bars beside: politeness."""

from dataclasses import dataclass

from bot.charts.records.bars import ROW, Bar
from bot.charts.records.chart import AXIS, Chart, known
from bot.charts.records.scale import Tick

STRIP = 34
"""Units of the strip itself."""

PART = 20
"""Units that a part's words take."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the whole, how much it is."""

    label: str
    value: str
    share: float


@known
@dataclass(frozen=True, slots=True, kw_only=True)
class ShareChart(Chart):
    """A strip of parts, the last one quiet; below it bars as in a bar chart."""

    parts: tuple[Part, ...]
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    log: bool

    @property
    def inside(self) -> int:
        """Return the units of strip, words, bars and axis."""
        return STRIP + PART * len(self.parts) + ROW * len(self.bars) + AXIS
