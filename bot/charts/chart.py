"""A picture of ranges as plain data: what stands where, before anything is drawn.

Nothing but the standard library is used here, so the process that draws stays small.
"""

import json
import math
from dataclasses import asdict, dataclass
from typing import Any, Self

LOG_FROM = 20
"""From this ratio of the largest to the smallest value on, a linear scale hides the smallest."""

MARGIN = 1.15
"""How far a scale goes beyond its values."""

MAX_TICKS = 6
"""Ticks whose labels fit side by side on a phone."""

WIDTH = 360
"""Units across a picture: about the points that a phone has."""

TOP, ROW, AXIS, NOTE, BOTTOM = 52, 54, 26, 16, 10
"""Units that title and subtitle, a bar with its words, the axis, a note, the lower edge take.

Discord shows pictures at most 350 points high, so five bars should need little more.
"""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; places are shares of the width, 0 to 1. A marked one is the reader's own."""

    label: str
    value: str
    span: str
    low: float
    expected: float
    high: float
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across the bars with its label."""

    place: float
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A whole picture, all its words in the reader's language."""

    title: str
    subtitle: str
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    log: bool
    notes: tuple[str, ...]

    @property
    def height(self) -> int:
        """Return the units from top to bottom."""
        return TOP + ROW * len(self.bars) + AXIS + NOTE * len(self.notes) + BOTTOM

    def to_json(self) -> bytes:
        """Return the chart as another process reads it."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_json(cls, data: bytes) -> Self:
        """Return the chart that `to_json` wrote."""
        given: dict[str, Any] = json.loads(data)
        bars = tuple(Bar(**bar) for bar in given.pop("bars"))
        ticks = tuple(Tick(**tick) for tick in given.pop("ticks"))
        return cls(bars=bars, ticks=ticks, notes=tuple(given.pop("notes")), **given)


@dataclass(frozen=True, slots=True)
class Scale:
    """Where values stand between the left and the right edge; a linear one starts at zero."""

    start: float
    end: float
    log: bool

    @classmethod
    def fitting(cls, least: float, smallest: float, largest: float) -> Self:
        """Return the scale for values down to `least`, whose smallest bar ends at `smallest`; all above zero."""
        if largest / smallest <= LOG_FROM:
            return cls(0.0, largest * MARGIN, log=False)
        return cls(least / MARGIN, largest * MARGIN, log=True)

    def place(self, value: float) -> float:
        """Return the share of the width at which a value stands."""
        if self.log:
            return math.log(value / self.start) / math.log(self.end / self.start)
        return (value - self.start) / (self.end - self.start)

    def ticks(self) -> list[float]:
        """Return round values: powers of ten on a logarithmic scale, with threes between where they are few."""
        return self._decades() if self.log else self._steps()

    def _decades(self) -> list[float]:
        powers = range(math.ceil(math.log10(self.start)), math.floor(math.log10(self.end)) + 1)
        if len(powers) < 3:
            near = (digit * 10.0**power for power in range(powers.start - 1, powers.stop + 1) for digit in (1, 3))
            return [value for value in near if self.start <= value <= self.end]
        return [10.0**power for power in powers[:: math.ceil(len(powers) / MAX_TICKS)]]

    def _steps(self) -> list[float]:
        unit = 10.0 ** math.floor(math.log10(self.end))
        step = next(size * unit for size in (0.2, 0.5, 1, 2, 5) if self.end / (size * unit) < MAX_TICKS - 1)
        return [index * step for index in range(math.floor(self.end / step) + 1)]
