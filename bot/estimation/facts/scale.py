"""One answer, asked by one per cent of the world every day for a year."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.estimation.facts.assumptions import Assumption

GRAMS_PER_TONNE = 1e6


@dataclass(frozen=True, slots=True)
class AtScale:
    """Tonnes of CO2e, and as planes of `plane_passengers` people, Paris-New York and back."""

    people: int
    days: int
    gwp_t: float
    flights_paris_nyc: float
    passengers_paris_nyc: float


@dataclass(frozen=True, slots=True)
class Scale:
    """The assumptions of the "what if everybody did it" line, from `config/assumptions.toml`."""

    people: int
    days: int
    plane_passengers: int
    plane_t_per_passenger: float

    @classmethod
    def from_assumptions(cls, known: Mapping[str, Assumption]) -> "Scale":
        """Take what belongs to the line."""
        people, days, passengers = (int(known[name].value) for name in ("people", "days", "plane_passengers"))
        return cls(people, days, passengers, known["plane_t_per_passenger"].value)

    def for_gwp(self, gwp_g: float) -> AtScale:
        """Return what answers of `gwp_g` grams each come to."""
        tonnes = gwp_g * self.people * self.days / GRAMS_PER_TONNE
        flights = tonnes / (self.plane_passengers * self.plane_t_per_passenger)
        return AtScale(self.people, self.days, tonnes, flights, flights * self.plane_passengers)
