"""EcoLogits folded: its impacts are affine in the answer's tokens, so two evaluations say them all.

Checked for every model of EcoLogits 0.11.3 by a test, to a relative error under 1e-6.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from bot.errors import UserError
from bot.estimation.impacts.methods import DEFAULT_METHOD, Method
from bot.estimation.impacts.model import Model
from bot.estimation.impacts.zones import Zones
from bot.estimation.ranges import Range

FAR = 1000
"""Tokens of the second evaluation; the first is at none."""


@dataclass(frozen=True, slots=True)
class AffineImpact:
    """`intercept + slope * tokens`, at the low and the high end of EcoLogits' interval."""

    low_intercept: float
    low_slope: float
    high_intercept: float
    high_slope: float

    def at(self, tokens: Range) -> Range:
        """Return low at the low length, the middle of the interval at the expected one, high at the high one."""
        low = self.low_intercept + self.low_slope * tokens.low
        high = self.high_intercept + self.high_slope * tokens.high
        middle = self.low_intercept + self.high_intercept
        middle += (self.low_slope + self.high_slope) * tokens.expected
        return Range(low, middle / 2, high)

    def per_token(self) -> Range:
        """Return what one more token takes."""
        return Range(self.low_slope, (self.low_slope + self.high_slope) / 2, self.high_slope)


class Impact(NamedTuple):
    """Impacts of one answer: Wh, g CO2e, mL, kJ, ug Sb; None where there is no usable figure."""

    energy_wh: Range
    gwp_g: Range
    water_ml: Range | None
    primary_energy_kj: Range | None
    adpe_ug: Range | None


@dataclass(frozen=True, slots=True)
class Coefficients:
    """The impacts of one (model, zone, method): Wh, g CO2e, mL, kJ, ug Sb; None where there is no usable figure."""

    energy_wh: AffineImpact
    gwp_g: AffineImpact
    water_ml: AffineImpact | None
    primary_energy_kj: AffineImpact | None
    adpe_ug: AffineImpact | None

    def at(self, tokens: Range) -> Impact:
        """Return the impacts of an answer of so many tokens."""
        return Impact(
            energy_wh=self.energy_wh.at(tokens),
            gwp_g=self.gwp_g.at(tokens),
            water_ml=self.water_ml.at(tokens) if self.water_ml else None,
            primary_energy_kj=self.primary_energy_kj.at(tokens) if self.primary_energy_kj else None,
            adpe_ug=self.adpe_ug.at(tokens) if self.adpe_ug else None,
        )


class Impacts:
    """Folds EcoLogits once per (model, zone, method) and keeps the coefficients."""

    def __init__(self, methods: Mapping[str, Method], zones: Zones) -> None:
        self.methods = methods
        self.zones = zones
        self._folded: dict[tuple[str, str, str], Coefficients] = {}

    def method(self, wanted: str | None) -> Method:
        """Return the method of that id, or the default one; `UserError` when there is none."""
        method = self.methods.get((wanted or DEFAULT_METHOD).strip().lower())
        if method is None:
            raise UserError("error.unknown_method", method=wanted, methods=", ".join(self.methods))
        return method

    def coefficients(self, model: Model, zone: str, method: str) -> Coefficients:
        """Return the coefficients, folding them the first time (about 2 ms).

        The memory is bounded by EcoLogits' own lists: models x zones x methods.
        """
        key = (model.key, zone, method)
        if key not in self._folded:
            self._folded[key] = self._fold(model, zone, self.methods[method])
        return self._folded[key]

    def _fold(self, model: Model, zone: str, method: Method) -> Coefficients:
        near, far = method.impacts(model, zone, 0), method.impacts(model, zone, FAR)
        with_water = far.wcf is not None and _ends(far.wcf)[1] > 0
        shown = self.zones.find(zone) if method.id == DEFAULT_METHOD else None
        return Coefficients(
            energy_wh=_affine_impact(near.energy, far.energy, 1e3),
            gwp_g=_affine_impact(near.gwp, far.gwp, 1e3),
            water_ml=_affine_impact(near.wcf, far.wcf, 1e3) if with_water else None,
            primary_energy_kj=_affine_impact(near.pe, far.pe, 1e3)
            if shown is None or shown.has_primary_energy
            else None,
            adpe_ug=_affine_impact(near.adpe, far.adpe, 1e9) if shown is None or shown.has_metals else None,
        )


def _ends(impact: Any) -> tuple[float, float]:
    value = impact.value
    return (value.min, value.max) if hasattr(value, "min") else (float(value), float(value))


def _affine_impact(near: Any, far: Any, to_unit: float) -> AffineImpact:
    (low_0, high_0), (low_1, high_1) = _ends(near), _ends(far)
    return AffineImpact(
        low_intercept=low_0 * to_unit,
        low_slope=(low_1 - low_0) / FAR * to_unit,
        high_intercept=high_0 * to_unit,
        high_slope=(high_1 - high_0) / FAR * to_unit,
    )
