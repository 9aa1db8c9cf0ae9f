"""From a request to what it comes to: model, zone, method, reasoning, and the coefficients of these."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.errors import UserError
from bot.estimation.facts.assumptions import Assumption
from bot.estimation.footprint import Request
from bot.estimation.impacts import methods
from bot.estimation.impacts.coefficients import Coefficients, Impacts
from bot.estimation.impacts.model import Model
from bot.estimation.impacts.models import Models
from bot.estimation.impacts.prices import Prices
from bot.estimation.impacts.reasoning import Factor, Reasoning
from bot.estimation.impacts.zones import Zones
from bot.estimation.resolved_estimate import ResolvedEstimate


@dataclass(frozen=True, slots=True)
class RequestResolver:
    """Works requests out, each combination once. What is kept is bounded by EcoLogits' own lists."""

    models: Models
    zones: Zones
    impacts: Impacts
    reasoning: Reasoning
    prices: Prices
    assumptions: Mapping[str, Assumption]
    _known: dict[tuple[str, str, str, str | None], ResolvedEstimate] = field(default_factory=dict, repr=False)

    def model(self, wanted: str | None) -> Model:
        """Return the model asked for, or the default one; `UserError` when there is none of that name."""
        return self.models.find(wanted) if wanted else self.models.default

    def resolve(self, request: Request) -> ResolvedEstimate:
        """Return what the request comes to, worked out the first time (about 2 ms).

        Raises `UserError` for what is unknown or can't be combined.
        """
        model = self.model(request.model)
        method = self.impacts.method(request.method)
        zone = self.zones.find(request.zone).code if request.zone else method.zone_of(model)
        method.check(model, zone)
        key = (model.key, zone, method.id, request.effort)
        if key not in self._known:
            self._known[key] = self._work_out(model, zone, method.id, request.effort)
        return self._known[key]

    def _work_out(self, model: Model, zone: str, method: str, effort: str | None) -> ResolvedEstimate:
        coefficients = self.impacts.coefficients(model, zone, method)
        return ResolvedEstimate(
            model=model,
            zone=zone,
            method=method,
            coefficients=coefficients,
            reasoning=self._reasoning(model, effort),
            prices=self.prices,
            read_token_wh=coefficients.energy_wh.per_token() * self.assumptions["input_token"].range,
            warnings=self._warnings(model, zone, method, coefficients),
        )

    def _reasoning(self, model: Model, effort: str | None) -> Factor | None:
        efforts = self.reasoning.efforts(model.key)
        if effort is not None and effort not in efforts:
            if not efforts:
                raise UserError("error.no_effort", model=model.title)
            raise UserError("error.effort", model=model.title, effort=effort[:20], efforts=", ".join(efforts))
        return self.reasoning.factor(model.key, effort)

    def _warnings(self, model: Model, zone: str, method: str, coefficients: Coefficients) -> tuple[str, ...]:
        codes = ["tokens-approximate"] if model.approximate_tokens else []
        codes += model.warnings
        if method == methods.DEFAULT_METHOD:
            codes += self.zones.find(zone).warnings
        missing = {
            "water": coefficients.water_ml,
            "primary-energy": coefficients.primary_energy_kj,
            "metals": coefficients.adpe_ug,
        }
        codes += [f"no-{name}" for name, line in missing.items() if line is None]
        return tuple(codes)
