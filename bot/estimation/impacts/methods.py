"""Methods: named, dated sets of constants, each evaluated by EcoLogits' own functions."""

import logging
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Protocol

from ecologits.impacts.llm import compute_llm_impacts
from ecologits.tracers.utils import PROVIDER_CONFIG_MAP, llm_impacts
from ecologits.utils.range_value import RangeValue
from pydantic import Field, Strict

from bot.errors import ConfigFieldError, UserError
from bot.estimation.facts.fact import Fact, Number, Part, Rows, Strings, Table, newest
from bot.estimation.facts.fact import load as load_file
from bot.estimation.impacts.model import Model

DEFAULT_METHOD = "ecologits"
WORLD = "WOR"

# EcoLogits warns on standard error, once; our replies say the same where it belongs
logging.getLogger("ecologits").setLevel(logging.ERROR)


class Architecture(Table):
    """A model's size in billions of parameters; of the active ones, low and high."""

    total_parameters: Number
    active_parameters: Annotated[tuple[Number, Number], Strict(False)]


class Datacenter(Table):
    """kWh of the data centre per kWh of IT; litres per kWh of IT."""

    pue: Annotated[Number, Field(ge=1)]
    wue: Number


class Mix(Table):
    """What a kWh of electricity takes: kg CO2e, kg Sb, MJ, litres."""

    gwp: Number
    adpe: Number
    pe: Number
    wue: Number


class Constants(Table):
    """EcoLogits' constants by their own names; the units stand in the file."""

    batch_size: int
    model_quantization_bits: int
    gpu_energy_alpha: Number
    gpu_energy_beta: Number
    gpu_energy_gamma: Number
    latency_alpha: Number
    latency_beta: Number
    latency_gamma: Number
    gpu_embodied_gwp: Number
    gpu_embodied_adpe: Number
    gpu_embodied_pe: Number
    server_power: Number
    server_embodied_gwp: Number
    server_embodied_adpe: Number
    server_embodied_pe: Number
    server_lifetime: Number


class Speed(Table):
    """How fast the model was seen to write: tokens per second, and seconds to the first one."""

    tps: Number
    ttft: Number


class Frozen(Table):
    """All that an earlier EcoLogits computed with, for the models that it published, in one zone."""

    models: Strings
    zone: str
    architecture: Part[Architecture]
    datacenter: Part[Datacenter]
    mix: Part[Mix]
    constants: Part[Constants]
    speed: Part[Speed] | None = None


class MethodFact(Fact):
    """A named, dated set of constants; none for the installed EcoLogits, which has its own."""

    frozen: Part[Frozen] | None = None


class MethodFile(Table):
    """`config/methods.toml`."""

    method: Rows[MethodFact]


class Method(Protocol):
    """How an answer's impacts are computed: `id` names it, `fact` says its source and date."""

    @property
    def id(self) -> str:
        """Return the name that people ask for it by."""
        ...

    @property
    def fact(self) -> MethodFact:
        """Return its entry in `config/methods.toml`."""
        ...

    def zone_of(self, model: Model) -> str:
        """Return the zone used when nobody names one."""
        ...

    def check(self, model: Model, zone: str) -> None:
        """Raise `UserError` when the method says nothing of this model or zone."""
        ...

    def impacts(self, model: Model, zone: str, tokens: int) -> Any:
        """Return EcoLogits' impacts of an answer of so many tokens (kWh, kg CO2e, kg Sb, MJ, L)."""
        ...


@dataclass(frozen=True, slots=True)
class InstalledEcoLogits:
    """The installed version of EcoLogits with everything it ships."""

    fact: MethodFact

    @property
    def id(self) -> str:
        """Return the method's id."""
        return DEFAULT_METHOD

    def zone_of(self, model: Model) -> str:
        """Return the place that EcoLogits assumes for the model's provider."""
        return PROVIDER_CONFIG_MAP[model.provider].datacenter_location or WORLD

    def check(self, model: Model, zone: str) -> None:
        """Accept every model and zone: they come from EcoLogits' own lists."""

    def impacts(self, model: Model, zone: str, tokens: int) -> Any:
        """Call EcoLogits; no latency was measured, so it computes its own."""
        return llm_impacts(model.provider, model.figure_name, tokens, math.inf, zone)


@dataclass(frozen=True, slots=True)
class FrozenEcoLogits:
    """An earlier EcoLogits: today's formulas with that version's constants, for what it published."""

    fact: MethodFact
    frozen: Frozen

    @property
    def id(self) -> str:
        """Return the method's id."""
        return self.fact.id

    def zone_of(self, model: Model) -> str:
        """Return the one zone of this method."""
        return self.frozen.zone

    def check(self, model: Model, zone: str) -> None:
        """Raise `UserError` for anything but the published models in the one zone."""
        if model.key not in self.frozen.models:
            raise UserError("error.method_model", method=self.id, models=", ".join(self.frozen.models))
        if zone != self.frozen.zone:
            raise UserError("error.method_zone", method=self.id, zone=self.frozen.zone)

    def impacts(self, model: Model, zone: str, tokens: int) -> Any:
        """Call EcoLogits' formulas with this method's constants."""
        frozen = self.frozen
        low, high = frozen.architecture.active_parameters
        return compute_llm_impacts(
            model_active_parameter_count=RangeValue(min=low, max=high),
            model_total_parameter_count=frozen.architecture.total_parameters,
            output_token_count=tokens,
            datacenter_pue=frozen.datacenter.pue,
            datacenter_wue=frozen.datacenter.wue,
            if_electricity_mix_adpe=frozen.mix.adpe,
            if_electricity_mix_pe=frozen.mix.pe,
            if_electricity_mix_gwp=frozen.mix.gwp,
            if_electricity_mix_wue=frozen.mix.wue,
            **(frozen.speed.model_dump() if frozen.speed else {}),
            **frozen.constants.model_dump(),
        )


def load(config_dir: Path) -> Mapping[str, Method]:
    """Return the methods by id, from `config/methods.toml`."""
    entries = newest(load_file(config_dir, "methods", MethodFile).method)
    if DEFAULT_METHOD not in entries:
        raise ConfigFieldError("error.config_missing", "methods.toml", DEFAULT_METHOD, "id")
    methods: list[Method] = [InstalledEcoLogits(entries.pop(DEFAULT_METHOD))]
    for entry in entries.values():
        if entry.frozen is None:
            raise ConfigFieldError("error.config_missing", "methods.toml", entry.id, "frozen")
        methods.append(FrozenEcoLogits(entry, entry.frozen))
    return {method.id: method for method in methods}
