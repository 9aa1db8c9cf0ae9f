"""What training a model took, and how many answers equal it."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bot.errors import ConfigFieldError, UserError
from bot.estimation.facts.fact import Fact, Number, Rows, Strings, Table, load, newest
from bot.estimation.ranges import Range

WH_PER_MWH = 1e6
G_PER_TONNE = 1e6
ML_PER_M3 = 1e6
UG_PER_KG = 1e9

PARTS = re.compile(r"\d+(?:\.\d+)?b?|[^\W\d_]+")
"""A name's words and numbers, sizes with their b: "Llama-3.1-405B" is llama, 3.1, 405b."""

DECORATION = frozenset(
    ("huggingface", "hub", "meta", "mistralai", "openai", "google", "allenai", "ai", "hf", "instruct", "chat", "it")
)
"""Words around a model's name that say nothing of its training."""

REFERENCES = ("chatgpt_prompts_per_day", "chatgpt_prompt_wh", "french_person_electricity_year")
MAX_TYPED = 100
"""Characters of what somebody typed that are looked at."""

MAX_NAMED = 8
"""Names in an error: more isn't read."""


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


class Trainings:
    """All trainings that were verified, and the figures they are measured against."""

    def __init__(
        self, trainings: Iterable[Training], featured: Iterable[str], references: Mapping[str, Reference]
    ) -> None:
        self._by_id = {one.id: one for one in trainings}
        self.featured = [self._by_id[name] for name in featured]
        self.references = references

    @classmethod
    def load(cls, config_dir: Path) -> "Trainings":
        """Read `config/training.toml`; `ConfigError` when an entry lacks something."""
        file = load(config_dir, "training", TrainingFile)
        known = newest(file.training)
        if unknown := set(file.featured) - set(known):
            reason = ", ".join(sorted(unknown))
            raise ConfigFieldError("error.config_invalid", "training.toml", "[[training]]", "featured", reason)
        references = newest(file.reference)
        for name in REFERENCES:
            if name not in references:
                raise ConfigFieldError("error.config_missing", "training.toml", name, "id")
        return cls(map(_training, known.values()), file.featured, references)

    def __iter__(self) -> Iterator[Training]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def __getitem__(self, name: str) -> Training:
        return self._by_id[name]

    def find(self, wanted: str) -> Training:
        """Return the training of that id or name, however it is written.

        Raises `UserError` with the nearest names where there is none, or with all where several fit.
        """
        if wanted.strip() in self._by_id:
            return self._by_id[wanted.strip()]
        asked = parts(wanted) - DECORATION or parts(wanted)
        found = self._fitting(asked) if asked else []
        if len(found) == 1:
            return found[0]
        shown = wanted.strip()[:80]
        if found:
            raise UserError("error.training_ambiguous", model=shown, found=_listed(found))
        raise UserError("error.unknown_training", model=shown, nearest=_listed(self._nearest(wanted)))

    def search(self, query: str) -> list[Training]:
        """Return the trainings one of whose names holds what was typed: whole parts first, then the featured ones."""
        ordered = [*self.featured, *(one for one in self if one not in self.featured)]
        asked = parts(query)
        found = [one for one in ordered if any(_holds(name, asked) for name in one.names)]
        return sorted(found, key=lambda one: not any(asked <= name for name in one.names))

    def break_even(self, training_wh: float, answer_wh: Range) -> BreakEven:
        """Return how many answers of so much energy equal a training, and how many days of ChatGPT's traffic."""
        prompts, wh = (self.references[name].value for name in ("chatgpt_prompts_per_day", "chatgpt_prompt_wh"))
        return BreakEven(training_wh / answer_wh, training_wh / (prompts * wh))

    def inhabitants(self, training_wh: float) -> float:
        """Return how many people in France use that much electricity at home in a year."""
        return training_wh / (self.references["french_person_electricity_year"].value * 1e3)

    def _fitting(self, asked: frozenset[str]) -> list[Training]:
        """Return the trainings of exactly that name, else those whose name says little more than that."""
        named = [(name, one) for one in self for name in one.names if asked <= name]
        least = [one for name, one in named if not any(other < name for other, _ in named)]
        return list({one.id: one for one in least}.values())

    def _nearest(self, wanted: str) -> list[Training]:
        by_name = {name.lower(): one for one in self for name in (*one.fact.also, one.model)}
        close = difflib.get_close_matches(wanted.strip()[:MAX_TYPED].lower(), by_name, n=4, cutoff=0.4)
        return [by_name[name] for name in close] or self.featured[:4]


def parts(name: str) -> frozenset[str]:
    """Return the words and numbers of a model's name."""
    return frozenset(PARTS.findall(name[:MAX_TYPED].casefold()))


def _holds(name: frozenset[str], asked: frozenset[str]) -> bool:
    return all(any(part.startswith(typed) for part in name) for typed in asked)


def _listed(found: Iterable[Training]) -> str:
    names = list(dict.fromkeys(one.model for one in found))
    return ", ".join(names[:MAX_NAMED]) + (", …" if len(names) > MAX_NAMED else "")


def _training(fact: TrainingFact) -> Training:
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
