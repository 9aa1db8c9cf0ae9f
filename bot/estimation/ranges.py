"""A quantity with what is known of its spread."""

from typing import NamedTuple


class Range(NamedTuple):
    """Low, expected and high value of one quantity, in one unit; low <= expected <= high."""

    low: float
    expected: float
    high: float

    @classmethod
    def exactly(cls, value: float) -> "Range":
        """Return a range of no width."""
        return cls(value, value, value)

    def as_dict(self) -> dict[str, float]:
        """Return the three values by name, unrounded."""
        return self._asdict()
