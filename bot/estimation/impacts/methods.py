"""Methods: named, dated sets of constants, each evaluated by EcoLogits' own functions."""

import logging
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from ecologits.impacts.llm import compute_llm_impacts
from ecologits.tracers.utils import PROVIDER_CONFIG_MAP, llm_impacts
from ecologits.utils.range_value import RangeValue

from bot.errors import ConfigError, UserError
from bot.estimation.facts import fact
from bot.estimation.impacts.models import Model

DEFAULT_METHOD = "ecologits"
WORLD = "WOR"

# EcoLogits warns on standard error, once; our replies say the same where it belongs
logging.getLogger("ecologits").setLevel(logging.ERROR)


class Method(Protocol):
    """How an answer's impacts are computed: `id` names it, `fact` says its source and date."""

    @property
    def id(self) -> str:
        """Return the name that people ask for it by."""
        ...

    @property
    def fact(self) -> fact.Fact:
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

    fact: fact.Fact

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
        return llm_impacts(model.provider, model.name, tokens, math.inf, zone)


@dataclass(frozen=True, slots=True)
class FrozenEcoLogits:
    """An earlier EcoLogits: today's formulas with that version's constants, for what it published."""

    fact: fact.Fact

    @property
    def id(self) -> str:
        """Return the method's id."""
        return self.fact["id"]

    def zone_of(self, model: Model) -> str:
        """Return the one zone of this method."""
        return self.fact["zone"]

    def check(self, model: Model, zone: str) -> None:
        """Raise `UserError` for anything but the published models in the one zone."""
        if model.key not in self.fact["models"]:
            raise UserError("error.method_model", method=self.id, models=", ".join(self.fact["models"]))
        if zone != self.fact["zone"]:
            raise UserError("error.method_zone", method=self.id, zone=self.fact["zone"])

    def impacts(self, model: Model, zone: str, tokens: int) -> Any:
        """Call EcoLogits' formulas with this method's constants."""
        architecture, datacenter, mix = (self.fact[part] for part in ("architecture", "datacenter", "mix"))
        low, high = architecture["active_parameters"]
        return compute_llm_impacts(
            model_active_parameter_count=RangeValue(min=low, max=high),
            model_total_parameter_count=architecture["total_parameters"],
            output_token_count=tokens,
            datacenter_pue=datacenter["pue"],
            datacenter_wue=datacenter["wue"],
            **{f"if_electricity_mix_{criterion}": value for criterion, value in mix.items()},
            **self.fact["constants"],
        )


def load(config_dir: Path) -> Mapping[str, Method]:
    """Return the methods by id, from `config/methods.toml`."""
    entries = fact.facts(config_dir, "methods", "method")
    if DEFAULT_METHOD not in entries:
        raise ConfigError("methods.toml", DEFAULT_METHOD)
    methods: list[Method] = [InstalledEcoLogits(entries[DEFAULT_METHOD])]
    methods += [FrozenEcoLogits(entry) for name, entry in entries.items() if name != DEFAULT_METHOD]
    return {method.id: method for method in methods}
