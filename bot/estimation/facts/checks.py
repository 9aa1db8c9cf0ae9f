"""Our estimates beside what providers published and others measured, for the same model and length."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from ecologits.impacts import llm
from ecologits.model_repository import ParametersMoE
from ecologits.model_repository import models as ecologits_models
from pydantic import Strict

from bot.errors import ConfigError, ConfigFieldError
from bot.estimation.facts.fact import Fact, Number, Rows, Strings, Table, load, newest
from bot.estimation.impacts.coefficients import Impacts
from bot.estimation.impacts.methods import DEFAULT_METHOD
from bot.estimation.impacts.model import Model
from bot.estimation.impacts.models import Models
from bot.estimation.ranges import Range

QUANTITIES = ("energy_wh", "gwp_g", "water_ml", "adpe_ug")
JOULES_PER_WH = 3600
CROSSCHECK = "mlenergy_v3"


class MeasuredFact(Fact):
    """A published answer; see the head of `config/measured.toml` for what the fields say."""

    kind: Literal["first-party", "measured", "computed", "estimate"]
    model: str
    answer_tokens: int
    zone: str | None = None
    assumed: bool = False
    gpu_only: bool = False
    energy_wh: Number | None = None
    gwp_g: Number | None = None
    water_ml: Number | None = None
    adpe_ug: Number | None = None
    joules_per_token: Number | None = None
    energy_wh_range: Annotated[tuple[Number, Number], Strict(False)] | None = None
    spread: str | None = None
    total_b: Number | None = None
    active_b: Number | None = None
    subject: str | None = None
    setting: str | None = None
    hardware: str | None = None
    listed: bool = True
    compared: Strings

    @property
    def published(self) -> dict[str, float]:
        """Return the published figures by quantity; energy by the token becomes the answer's."""
        found = {name: float(value) for name in QUANTITIES if (value := getattr(self, name)) is not None}
        if self.joules_per_token is not None:
            found["energy_wh"] = self.joules_per_token * self.answer_tokens / JOULES_PER_WH
        return found


class Crosscheck(Fact):
    """How often EcoLogits' figure is how many times the measured one: extremes, median (`value`), pairs."""

    pairs: int
    low: Number
    value: Number
    high: Number


class MeasuredFile(Table):
    """`config/measured.toml`."""

    measured: Rows[MeasuredFact]
    crosscheck: Rows[Crosscheck]


@dataclass(frozen=True, slots=True)
class Compared:
    """One published figure and ours, in one unit; `ours` is None where they can't be held against each other."""

    quantity: str
    published: float
    ours: Range | None

    @property
    def ratio(self) -> float | None:
        """Return how many times the published figure ours is."""
        return self.ours.expected / self.published if self.ours else None


@dataclass(frozen=True, slots=True)
class Check:
    """One published answer: figures, what ours are for, where it is from (`config/measured.toml`)."""

    id: str
    kind: str
    model: Model
    zone: str
    answer_tokens: int
    assumed: bool
    gpu_only: bool
    figures: list[Compared]
    fact: MeasuredFact


@dataclass(frozen=True, slots=True)
class Measured:
    """The published figures, and how EcoLogits' GPU part compares with measured GPUs in general."""

    entries: Mapping[str, MeasuredFact]
    crosscheck: Crosscheck

    @classmethod
    def load(cls, config_dir: Path) -> "Measured":
        """Read `config/measured.toml`; `ConfigError` when an entry lacks something."""
        file = load(config_dir, "measured", MeasuredFile)
        entries, crosschecks = newest(file.measured), newest(file.crosscheck)
        for entry in entries.values():
            if not entry.compared or not set(entry.compared) <= set(entry.published):
                raise ConfigFieldError("error.config_invalid", "measured.toml", entry.id, "compared", "not published")
        if CROSSCHECK not in crosschecks:
            raise ConfigFieldError("error.config_missing", "measured.toml", CROSSCHECK, "id")
        return cls(entries, crosschecks[CROSSCHECK])

    def checks(self, models: Models, impacts: Impacts) -> list[Check]:
        """Return each published answer beside our estimate, computed now; those whose model is gone are left out."""
        known = {model.key: model for model in models}
        entries = [entry for entry in self.entries.values() if entry.model in known]
        return [_check(entry, known[entry.model], impacts) for entry in entries]


def gpu_energy_wh(model: Model, tokens: int) -> float:
    """Return the energy of the GPUs alone, by EcoLogits' own formulas, for a model of published size."""
    known = ecologits_models.find_model(provider=model.provider, model_name=model.figure_name)
    assert known is not None, "our models are EcoLogits'"
    size = known.architecture.parameters
    total, active = (size.total, size.active) if isinstance(size, ParametersMoE) else (size, size)
    if not isinstance(total, (int, float)) or not isinstance(active, (int, float)):
        raise ConfigError("measured.toml", f"{model.key}: gpu_only needs a model of published size")
    return gpu_energy_of_size(float(active), float(total), tokens)


def gpu_energy_of_size(active: float, total: float, tokens: int) -> float:
    """Return the energy (Wh) of the GPUs alone for a model of so many billion parameters."""
    ecologits: Any = llm  # its steps are untyped
    one = ecologits.gpu_energy(
        active, tokens, llm.BATCH_SIZE, llm.GPU_ENERGY_ALPHA, llm.GPU_ENERGY_BETA, llm.GPU_ENERGY_GAMMA
    )
    memory = ecologits.model_required_memory(total, llm.MODEL_QUANTIZATION_BITS)
    return float(one * ecologits.gpu_required_count(memory, llm.GPU_MEMORY) * 1e3)


def _gpu_part(entry: MeasuredFact, model: Model) -> float:
    if entry.active_b is None or entry.total_b is None:
        return gpu_energy_wh(model, entry.answer_tokens)
    return gpu_energy_of_size(entry.active_b, entry.total_b, entry.answer_tokens)


def _check(entry: MeasuredFact, model: Model, impacts: Impacts) -> Check:
    zone = entry.zone or impacts.method(None).zone_of(model)
    tokens, gpu_only = entry.answer_tokens, entry.gpu_only
    whole = impacts.coefficients(model, zone, DEFAULT_METHOD).at(Range.exactly(tokens))
    ours = {"energy_wh": Range.exactly(_gpu_part(entry, model))} if gpu_only else whole._asdict()
    return Check(
        id=entry.id,
        kind=entry.kind,
        model=model,
        zone=zone,
        answer_tokens=tokens,
        assumed=entry.assumed,
        gpu_only=gpu_only,
        figures=[
            Compared(name, published, ours[name] if name in entry.compared else None)
            for name, published in entry.published.items()
        ],
        fact=entry,
    )
