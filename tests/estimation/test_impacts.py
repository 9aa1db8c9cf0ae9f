"""The folded impacts against EcoLogits itself, and the figures of the talks."""

import math

import ecologits
import pytest
from ecologits.tracers.utils import llm_impacts
from ecologits.utils.range_value import RangeValue

from bot.estimation.estimator import Estimator
from bot.estimation.impacts.coefficients import Impacts
from bot.estimation.impacts.methods import DEFAULT_METHOD
from bot.estimation.impacts.model import Model
from bot.estimation.ranges import Range

TOLERANCE = 1e-6
LENGTHS = (1, 170, 4321, 100_000)
MAIL = Range.exactly(170)


def ends(value: RangeValue | float) -> tuple[float, float]:
    return (value.min, value.max) if isinstance(value, RangeValue) else (value, value)


def own(model: Model, zone: str, tokens: int) -> dict[str, tuple[float, float]]:
    """EcoLogits' own figures in our units."""
    impacts = llm_impacts(model.provider, model.figure_name, tokens, math.inf, zone)
    assert impacts.energy and impacts.gwp and impacts.wcf and impacts.pe and impacts.adpe
    found = {
        "energy_wh": (impacts.energy.value, 1e3),
        "gwp_g": (impacts.gwp.value, 1e3),
        "water_ml": (impacts.wcf.value, 1e3),
        "primary_energy_kj": (impacts.pe.value, 1e3),
        "adpe_ug": (impacts.adpe.value, 1e9),
    }
    return {name: tuple(end * factor for end in ends(value)) for name, (value, factor) in found.items()}  # pyright: ignore[reportReturnType]


def close(ours: float, theirs: float) -> bool:
    return math.isclose(ours, theirs, rel_tol=TOLERANCE)


@pytest.mark.parametrize("zone", [None, "FRA"])
def test_every_model_equals_ecologits(estimator: Estimator, zone: str | None) -> None:
    assert len(estimator.models.everything) >= 351
    for model in estimator.models.everything.values():
        where = zone or estimator.impacts.method(None).zone_of(model)
        lines = estimator.impacts.coefficients(model, where, DEFAULT_METHOD)
        for tokens in LENGTHS:
            folded = lines.at(Range.exactly(tokens))
            for name, (low, high) in own(model, where, tokens).items():
                ours: Range = getattr(folded, name)
                theirs = (low, (low + high) / 2, high)
                assert all(map(close, ours, theirs)), (model.key, name, tokens, ours, theirs)


def test_the_talks_mail(estimator: Estimator) -> None:
    lines = estimator.impacts.coefficients(estimator.models.find("openai/gpt-4o"), "WOR", "ecologits-2024")
    mail = lines.at(MAIL)
    assert mail.energy_wh.low == pytest.approx(7.047, abs=5e-4)
    assert mail.energy_wh.expected == pytest.approx(14.920, abs=5e-4)
    assert mail.energy_wh.high == pytest.approx(22.793, abs=5e-4)
    assert mail.gwp_g.expected == pytest.approx(9.1062, abs=5e-5)
    assert estimator.scale.for_gwp(mail.gwp_g.expected).flights_paris_nyc == pytest.approx(1502.27, abs=5e-3)
    assert mail.water_ml is None


def test_the_same_mail_today(estimator: Estimator) -> None:
    model = estimator.models.find("openai/gpt-4o")
    mail = estimator.impacts.coefficients(model, "USA", DEFAULT_METHOD).at(MAIL)
    assert mail.energy_wh.low == pytest.approx(0.2504, abs=5e-5)
    assert mail.energy_wh.high == pytest.approx(0.4140, abs=5e-5)
    assert mail.gwp_g.expected == pytest.approx(0.135, abs=5e-4)


def test_each_evaluation_happens_once(estimator: Estimator) -> None:
    impacts = Impacts(estimator.impacts.methods, estimator.zones)
    model = estimator.models.default
    assert impacts.coefficients(model, "FRA", DEFAULT_METHOD) is impacts.coefficients(model, "FRA", DEFAULT_METHOD)


def test_low_length_meets_low_end_and_high_meets_high(estimator: Estimator) -> None:
    lines = estimator.impacts.coefficients(estimator.models.default, "USA", DEFAULT_METHOD)
    wide = lines.energy_wh.at(Range(100, 400, 900))
    assert wide.low == lines.energy_wh.at(Range.exactly(100)).low
    assert wide.expected == lines.energy_wh.at(Range.exactly(400)).expected
    assert wide.high == lines.energy_wh.at(Range.exactly(900)).high


@pytest.mark.skipif(not ecologits.__version__.startswith("0.11."), reason="a later EcoLogits may differ")
def test_the_dated_slot_holds_the_method_of_today(estimator: Estimator) -> None:
    model = estimator.models.find("openai/gpt-4o")
    dated = estimator.impacts.coefficients(model, "USA", "ecologits-2026").at(MAIL)
    today = estimator.impacts.coefficients(model, "USA", DEFAULT_METHOD).at(MAIL)
    for one, other in zip(dated, today, strict=True):
        assert one == pytest.approx(other)
