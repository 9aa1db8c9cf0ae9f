"""What was published of each model's training, as `config/training.toml` has it and in the units used here."""

from dataclasses import dataclass
from typing import Literal

from bot.estimation.facts.fact import Fact, Number, Rows, Strings, Table
from bot.estimation.facts.training_names import parts
from bot.estimation.ranges import Range

WH_PER_MWH = 1e6
G_PER_TONNE = 1e6
ML_PER_M3 = 1e6
UG_PER_KG = 1e9


class TrainingFact(Fact):
    """What was published of one training; see the head of `config/training.toml` for what the fields say."""

    model: str
    year: int
    also: Strings = ()
    gpu: str | None = None
    gpu_hours: Number | None = None
    gpu_tdp_w: Number | None = None
    energy_mwh: Number | None = None
    energy_basis: Literal["derived", "stated", "data-centre", "estimate"] | None = None
    tco2eq: Number | None = None
    tco2eq_full: Number | None = None
    co2_basis: str | None = None
    water_m3: Number | None = None
    adpe_kgsbeq: Number | None = None
    scope: Literal["life-cycle"] | None = None
    circulating: bool = False
    noted: bool = False


class Reference(Fact):
    """A figure that trainings are measured against."""

    value: Number


class TrainingFile(Table):
    """`config/training.toml`."""

    featured: Strings
    reference: Rows[Reference]
    training: Rows[TrainingFact]


@dataclass(frozen=True, slots=True)
class Training:
    """One training: Wh, g CO2e, mL, ug Sb; None where nobody published it.

    `life_cycle` is true where the figures hold use as well, so they can't stand beside training alone.
    `gwp_full_g` counts idle power and hardware too. `fact` is the entry in `config/training.toml`.
    """

    id: str
    model: str
    year: int
    energy_wh: float | None
    gwp_g: float | None
    gwp_full_g: float | None
    water_ml: float | None
    adpe_ug: float | None
    life_cycle: bool
    fact: TrainingFact

    @property
    def names(self) -> list[frozenset[str]]:
        """Return what it is called, as sets of parts."""
        return [parts(name) for name in (self.model, *self.fact.also)]


@dataclass(frozen=True, slots=True)
class BreakEven:
    """So many answers took as much energy as one training; so many days of ChatGPT's traffic."""

    answers: Range
    chatgpt_days: float


def training_of(fact: TrainingFact) -> Training:
    """Return a published training in the units used here."""

    def amount(value: Number | None, factor: float) -> float | None:
        return None if value is None else value * factor

    return Training(
        id=fact.id,
        model=fact.model,
        year=fact.year,
        energy_wh=amount(fact.energy_mwh, WH_PER_MWH),
        gwp_g=amount(fact.tco2eq, G_PER_TONNE),
        gwp_full_g=amount(fact.tco2eq_full, G_PER_TONNE),
        water_ml=amount(fact.water_m3, ML_PER_M3),
        adpe_ug=amount(fact.adpe_kgsbeq, UG_PER_KG),
        life_cycle=fact.scope == "life-cycle",
        fact=fact,
    )
