"""The same message answered by several models, as plain data."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from bot.estimation.footprint import Footprint


@dataclass(frozen=True, slots=True)
class Comparison:
    """Footprints of one message, the most energy first.

    `own` is the key of the model whose reply this continues; `zone` the electricity chosen for all of them,
    None where each has its provider's.
    """

    footprints: tuple[Footprint, ...]
    own: str | None = None
    zone: str | None = None

    @classmethod
    def from_footprints(cls, footprints: Iterable[Footprint], own: str | None = None, zone: str | None = None) -> Self:
        """Return the comparison of these, sorted by expected energy."""
        return cls(tuple(sorted(footprints, key=_energy, reverse=True)), own, zone)

    @property
    def least(self) -> Footprint:
        """Return the footprint of the least energy."""
        return self.footprints[-1]

    def ratio(self, footprint: Footprint) -> float:
        """Return how many times the least energy this one is."""
        return _energy(footprint) / _energy(self.least)


def _energy(footprint: Footprint) -> float:
    return footprint.impact.energy_wh.expected
