"""Our estimates beside published and measured ones: computed, never typed in."""

from pathlib import Path

import pytest

from bot.errors import ConfigError
from bot.estimation.estimator import Estimator
from bot.estimation.facts import fact
from bot.estimation.facts.checks import Check, Measured, gpu_energy_wh
from bot.estimation.facts.fact import CONFIG_DIR
from bot.estimation.footprint import Request
from bot.usecases.estimates import Estimates

ENTRY = """
[[measured]]
id = "a"
kind = "measured"
energy_wh = 1.0
model = "{model}"
answer_tokens = 100
compared = ["energy_wh"]
unit = "Wh"
source = "somebody"
url = "https://example.org"
date = "2025"
verified = true
[[crosscheck]]
id = "mlenergy_v3"
pairs = 27
low = 0.37
value = 0.72
high = 5.1
unit = "times"
source = "somebody"
url = "https://example.org"
date = "2025"
verified = true
"""


@pytest.fixture
def checks(answers: Estimates) -> dict[str, Check]:
    return {one.id: one for one in answers.checks()[0]}


def test_every_model_is_one_that_ecologits_knows(checks: dict[str, Check]) -> None:
    assert set(checks) == {entry["id"] for entry in fact.read(CONFIG_DIR, "measured")["measured"] if entry["verified"]}


def test_ours_is_what_the_bot_says(checks: dict[str, Check], estimator: Estimator) -> None:
    for one in checks.values():
        if one.gpu_only:
            continue
        request = Request(model=one.model.key, zone=one.zone, answer_tokens=one.answer_tokens)
        impact = estimator.estimate("Bonjour", request).impact
        for figure in one.figures:
            if figure.ours:
                assert figure.ours == getattr(impact, figure.quantity), one.id


@pytest.mark.parametrize(
    ("name", "quantity", "ratio"),
    [
        ("mistral_large2", "gwp_g", 1 / 26),
        ("mistral_large2", "water_ml", 1 / 20.3),
        ("mistral_large2", "adpe_ug", 1 / 88),
        ("mlenergy_llama31_405b", "energy_wh", 5.08),
        ("mlenergy_llama31_8b", "energy_wh", 1.36),
        ("epoch_gpt4o", "energy_wh", 3.2),
        ("gemini_median", "energy_wh", 2.97),
    ],
)
def test_ratios_with_the_installed_ecologits(checks: dict[str, Check], name: str, quantity: str, ratio: float) -> None:
    figure = next(figure for figure in checks[name].figures if figure.quantity == quantity)
    assert figure.ratio == pytest.approx(ratio, rel=0.01)


def test_what_cannot_be_compared_isnt(checks: dict[str, Check]) -> None:
    gemini = {figure.quantity: figure for figure in checks["gemini_median"].figures}
    assert gemini["gwp_g"].published == 0.03
    assert gemini["gwp_g"].ours is None
    assert gemini["gwp_g"].ratio is None
    assert gemini["water_ml"].ours is None


def test_joules_per_token_become_wh(checks: dict[str, Check]) -> None:
    assert checks["mlenergy_llama31_405b"].figures[0].published == pytest.approx(3.08 * 400 / 3600)


def test_the_gpus_part_is_a_part(estimator: Estimator) -> None:
    model = estimator.models.find("huggingface_hub/openai/gpt-oss-120b")
    whole = estimator.estimate("Bonjour", Request(model=model.key, answer_tokens=400)).impact.energy_wh
    assert 0.3 * whole.low < gpu_energy_wh(model, 400) < whole.low


def test_the_crosscheck_holds_the_rows_that_are_shown(answers: Estimates) -> None:
    found, crosscheck = answers.checks()
    shown = [one for one in found if one.gpu_only and one.fact.listed]
    ratios = [figure.ratio for one in shown for figure in one.figures if figure.ratio]
    assert len(ratios) == 4
    assert all(crosscheck.low <= ratio <= crosscheck.high for ratio in ratios)


def test_a_model_that_is_gone_is_left_out(tmp_path: Path, estimator: Estimator) -> None:
    (tmp_path / "measured.toml").write_text(ENTRY.format(model="openai/gone"))
    assert Measured.load(tmp_path).checks(estimator.models, estimator.impacts) == []


def test_gpus_of_a_model_of_unknown_size_are_refused(estimator: Estimator) -> None:
    with pytest.raises(ConfigError, match="published size"):
        gpu_energy_wh(estimator.models.default, 100)


@pytest.mark.parametrize(
    ("part", "instead"),
    [('compared = ["energy_wh"]', 'compared = ["gwp_g"]'), ("answer_tokens = 100", ""), ('source = "somebody"', "")],
)
def test_a_broken_entry_is_named(tmp_path: Path, part: str, instead: str) -> None:
    (tmp_path / "measured.toml").write_text(ENTRY.format(model="openai/gpt-4o").replace(part, instead, 1))
    with pytest.raises(ConfigError, match=r"measured\.toml"):
        Measured.load(tmp_path)
