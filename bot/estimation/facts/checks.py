"""Our estimates beside what providers published and others measured, for the same model and length."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ecologits.impacts import llm
from ecologits.model_repository import ParametersMoE
from ecologits.model_repository import models as ecologits_models

from bot.errors import ConfigError
from bot.estimation.facts import fact
from bot.estimation.impacts.coefficients import Impacts
from bot.estimation.impacts.methods import DEFAULT_METHOD
from bot.estimation.impacts.models import Model, Models
from bot.estimation.ranges import Range

QUANTITIES = ("energy_wh", "gwp_g", "water_ml", "adpe_ug")
JOULES_PER_WH = 3600


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
    fact: fact.Fact


@dataclass(frozen=True, slots=True)
class Measured:
    """The published figures, and how EcoLogits' GPU part compares with measured GPUs in general."""

    entries: Mapping[str, fact.Fact]
    crosscheck: fact.Fact

    @classmethod
    def load(cls, config_dir: Path) -> "Measured":
        """Read `config/measured.toml`; `ConfigError` when an entry lacks something."""
        entries = fact.facts(config_dir, "measured", "measured")
        for entry in entries.values():
            _checked(entry)
        return cls(entries, fact.facts(config_dir, "measured", "crosscheck")["mlenergy_v3"])

    def checks(self, models: Models, impacts: Impacts) -> list[Check]:
        """Return each published answer beside our estimate, computed now; those whose model is gone are left out."""
        known = {model.key: model for model in models}
        entries = [entry for entry in self.entries.values() if entry["model"] in known]
        return [_check(entry, known[entry["model"]], impacts) for entry in entries]


def gpu_energy_wh(model: Model, tokens: int) -> float:
    """Return the energy of the GPUs alone, by EcoLogits' own formulas, for a model of published size."""
    known = ecologits_models.find_model(provider=model.provider, model_name=model.name)
    assert known is not None, "our models are EcoLogits'"
    size = known.architecture.parameters
    total, active = (size.total, size.active) if isinstance(size, ParametersMoE) else (size, size)
    if not isinstance(total, (int, float)) or not isinstance(active, (int, float)):
        raise ConfigError("measured.toml", f"{model.key}: gpu_only needs a model of published size")
    one = llm.gpu_energy(
        active, tokens, llm.BATCH_SIZE, llm.GPU_ENERGY_ALPHA, llm.GPU_ENERGY_BETA, llm.GPU_ENERGY_GAMMA
    )
    count = llm.gpu_required_count(llm.model_required_memory(total, llm.MODEL_QUANTIZATION_BITS), llm.GPU_MEMORY)
    return float(one) * count * 1e3


def _check(entry: fact.Fact, model: Model, impacts: Impacts) -> Check:
    zone = entry.get("zone") or impacts.method(None).zone_of(model)
    tokens, gpu_only = entry["answer_tokens"], entry.get("gpu_only", False)
    whole = impacts.coefficients(model, zone, DEFAULT_METHOD).at(Range.exactly(tokens))
    ours = {"energy_wh": Range.exactly(gpu_energy_wh(model, tokens))} if gpu_only else whole._asdict()
    return Check(
        id=entry["id"],
        kind=entry["kind"],
        model=model,
        zone=zone,
        answer_tokens=tokens,
        assumed=entry.get("assumed", False),
        gpu_only=gpu_only,
        figures=[
            Compared(name, published, ours[name] if name in entry["compared"] else None)
            for name, published in _published(entry).items()
        ],
        fact=entry,
    )


def _published(entry: fact.Fact) -> dict[str, float]:
    found = {name: float(entry[name]) for name in QUANTITIES if name in entry}
    if "joules_per_token" in entry:
        found["energy_wh"] = entry["joules_per_token"] * entry["answer_tokens"] / JOULES_PER_WH
    return found


def _checked(entry: fact.Fact) -> None:
    """Raise `ConfigError` unless the entry holds what a check needs."""
    missing = [key for key in ("kind", "model", "answer_tokens", "compared") if not entry.get(key)]
    missing += [name for name in entry.get("compared", ()) if name not in _published(entry)] if not missing else []
    if missing:
        raise ConfigError("measured.toml", f"{entry['id']}: {', '.join(missing)}")
