"""A quantity with what is known of its spread."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Range:
    """Low, expected and high value of one quantity, in one unit; low <= expected <= high."""

    low: float
    expected: float
    high: float

    def __mul__(self, factor: float) -> "Range":
        return Range(self.low * factor, self.expected * factor, self.high * factor)

    @classmethod
    def exactly(cls, value: float) -> "Range":
        """Return a range of no width."""
        return cls(value, value, value)

    def as_dict(self) -> dict[str, float]:
        """Return the three values by name, unrounded."""
        return {"low": self.low, "expected": self.expected, "high": self.high}
