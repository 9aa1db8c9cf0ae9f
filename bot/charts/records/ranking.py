"""A ranking as thin bars, ten to a page."""

from dataclasses import dataclass

from bot.charts.records.chart import Chart, known

LINE = 34
"""Units that a rank takes."""


@dataclass(frozen=True, slots=True)
class Rank:
    """One rank: its place, who or what, how much; the range is nothing where plain things were counted."""

    place: str
    label: str
    value: str
    low: float
    expected: float
    high: float
    marked: bool = False


@known
@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking(Chart):
    """A page of a ranking; all bars begin at zero."""

    ranks: tuple[Rank, ...]

    @property
    def inside(self) -> int:
        """Return the units of all ranks."""
        return LINE * len(self.ranks) + 6
