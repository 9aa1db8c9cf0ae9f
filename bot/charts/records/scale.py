"""Where values stand between two edges, and the lines that say so."""

import math
from dataclasses import dataclass
from typing import Self

LOG_FROM = 20
"""From this ratio of the largest to the smallest value on, a linear scale hides the smallest."""

MARGIN = 1.15
"""How far a scale goes beyond its values."""

MAX_TICKS = 6
"""Ticks whose labels fit side by side on a phone."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across the bars with its label."""

    place: float
    label: str


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

    @classmethod
    def linear(cls, largest: float) -> Self:
        """Return the scale from zero to a value, which may be zero too."""
        return cls(0.0, (largest or 1.0) * MARGIN, log=False)

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
