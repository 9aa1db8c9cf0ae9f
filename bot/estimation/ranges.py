"""A quantity with what is known of its spread."""

from typing import NamedTuple


class Range(NamedTuple):
    """Low, expected and high value of one quantity, in one unit; low <= expected <= high.

    Ranges add up end by end, and scale by a factor of at least 0: a sum's low is the sum of the lows. A factor may
    be a range of its own, whose ends then meet the same ends.
    """

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

    def __add__(self, other: "Range") -> "Range":  # pyright: ignore[reportIncompatibleMethodOverride] - not a tuple's +
        return Range(self.low + other.low, self.expected + other.expected, self.high + other.high)

    def __mul__(self, factor: "float | Range") -> "Range":  # pyright: ignore[reportIncompatibleMethodOverride]
        if isinstance(factor, Range):
            return Range(self.low * factor.low, self.expected * factor.expected, self.high * factor.high)
        return Range(self.low * factor, self.expected * factor, self.high * factor)

    def __rmul__(self, factor: float) -> "Range":  # pyright: ignore[reportIncompatibleMethodOverride]
        return self * factor

    def __truediv__(self, divisor: float) -> "Range":
        return Range(self.low / divisor, self.expected / divisor, self.high / divisor)

    def __rtruediv__(self, dividend: float) -> "Range":
        """How many of these make up an amount: few where one is large."""
        return Range(dividend / self.high, dividend / self.expected, dividend / self.low)
