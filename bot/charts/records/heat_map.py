"""The hours of the week as a heat map."""

from dataclasses import dataclass

from bot.charts.records.chart import AXIS, Chart, known

CELL = 22
"""Units that a day takes from top to bottom."""

KEY = 24
"""Units of the line that says what the colours mean."""


@known
@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMap(Chart):
    """Seven days of 24 hours, as shares of the fullest hour; `hours` are the labels under every sixth."""

    days: tuple[str, ...]
    hours: tuple[str, ...]
    cells: tuple[tuple[float, ...], ...]
    least: str
    most: str

    @property
    def inside(self) -> int:
        """Return the units of cells, their hours and the key."""
        return CELL * len(self.days) + AXIS + KEY
