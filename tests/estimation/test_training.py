"""What training took: golden values, names however they are written, and nothing that wasn't verified."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ConfigError, UserError
from bot.estimation.estimator import Estimator
from bot.estimation.facts import fact
from bot.estimation.facts.fact import CONFIG_DIR
from bot.estimation.facts.trainings import Trainings
from bot.estimation.footprint import Request
from bot.estimation.ranges import Range
from bot.usecases.estimates import Estimates
from bot.usecases.records.trainings import AverageUse
from bot.usecases.trainings import own_model

ENTRY = """
[[training]]
id = "{id}"
model = "{id}"
year = 2025
unit = "MWh"
source = "somebody"
url = "https://example.org"
date = "2025"
verified = {verified}
"""


@pytest.fixture
def trainings(estimator: Estimator) -> Trainings:
    return estimator.trainings


def test_the_figure_that_circulates(answers: Estimates) -> None:
    found = answers.trainings().circulating
    assert found.right.model == "Llama 3.1 405B"
    assert found.right.energy_wh == pytest.approx(21.588e9)
    assert found.other.energy_wh == pytest.approx(5.166e9)
    assert found.households == pytest.approx(4275, abs=1)
    assert found.inhabitants == pytest.approx(9711, abs=1)


def test_break_even(trainings: Trainings) -> None:
    answers = 21.588e9 / Range(0.25, 0.332, 0.414)
    assert answers.expected == pytest.approx(65.0e9, rel=1e-3)
    assert answers.low == pytest.approx(21.588e9 / 0.414)
    assert answers.high == pytest.approx(21.588e9 / 0.25)
    found = trainings.break_even(21.588e9, Range.exactly(0.332))
    assert found.chatgpt_days == pytest.approx(25.4, abs=0.1)


@given(
    st.floats(1, 1e12),
    st.lists(st.floats(1e-4, 1e3), min_size=3, max_size=3).map(sorted),
)
def test_break_even_keeps_its_order(training_wh: float, answer: list[float]) -> None:
    low, expected, high = training_wh / Range(*answer)
    assert low <= expected <= high
    assert expected * answer[1] == pytest.approx(training_wh)


def test_derived_energies_are_hours_times_power(trainings: Trainings) -> None:
    derived = [one for one in trainings if one.fact.energy_basis == "derived"]
    assert len(derived) > 15
    for one in derived:
        assert one.energy_wh == pytest.approx((one.fact.gpu_hours or 0) * (one.fact.gpu_tdp_w or 0)), one.id


def test_no_energy_is_invented(trainings: Trainings) -> None:
    for name in ("olmo_series_2025", "mistral_large2_lca"):
        assert trainings[name].energy_wh is None
        assert trainings[name].gwp_g
    assert trainings["deepseek_v3"].gwp_g is None


def test_every_row_says_how_and_whence(trainings: Trainings) -> None:
    entries = fact.read(CONFIG_DIR, "training")
    unread = {entry["id"] for entry in entries["training"]} - {one.id for one in trainings}
    assert (len(trainings), unread) == (26, {"opt_175b", "gemma2"})
    assert len(trainings.references) == len(entries["reference"])
    for one in trainings:
        assert one.fact.verified
        assert one.fact.confidence
        assert (one.energy_wh is None) or one.fact.energy_basis
        assert (one.gwp_g is None) or one.fact.co2_basis
        assert one.energy_wh or one.gwp_g


def test_a_life_cycle_is_never_held_against_use(answers: Estimates, trainings: Trainings) -> None:
    page = answers.training("Mistral Large 2")
    assert page.shown.training.life_cycle
    assert page.break_even is None
    assert page.shown.households is None
    assert [one.id for one in trainings if one.life_cycle] == ["mistral_large2_lca"]
    assert trainings["mistral_large2_lca"] not in trainings.featured


def test_the_answer_given_is_taken(answers: Estimates) -> None:
    average = AverageUse(Range(0.1, 0.2, 0.4), "GPT-4o mini")
    page = answers.training("gpt3", average)
    assert page.break_even
    assert page.break_even.answers.expected == pytest.approx(1.287e9 / 0.2)
    assert (page.use.model, page.use.tokens) == ("GPT-4o mini", 0)
    ordinary = answers.training("gpt3")
    assert (ordinary.use.model, ordinary.use.tokens) == ("GPT-4o", 400)


def test_a_training_is_set_against_answers_of_its_own_model(answers: Estimates) -> None:
    average = AverageUse(Range(0.1, 0.2, 0.4), "GPT-4o mini")
    for use in (answers.training("llama31_405b", average).use, answers.trainings(average).use):
        assert use.tokens == 400
        assert "405B" in use.model
    for name in ("llama3_8b", "gpt3", "bloom_176b", "mistral_large2_lca"):
        own = own_model(answers.estimator, answers.estimator.trainings[name])
        assert own is None or name in ("llama3_8b", "mistral_large2_lca"), (name, own)


def test_models_count_the_thinking_that_comparisons_count(answers: Estimates) -> None:
    rows = {row.model.key: row for row in answers.models("", 500)[0]}
    thinking = [row for row in rows.values() if row.thinks]
    assert thinking
    assert not rows["openai/gpt-4o"].thinks
    for row in thinking[:5]:
        choice = answers.estimator.choose(Request(model=row.model.key))
        assert choice.reasoning is not None
        given = choice.coefficients.energy_wh.at(Range.exactly(400 * choice.reasoning.times.expected)).expected
        assert row.energy_wh == pytest.approx(given)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("llama31_405b", "Llama 3.1 405B"),
        ("Llama-3.1-405B", "Llama 3.1 405B"),
        ("  llama 3.1 405b ", "Llama 3.1 405B"),
        ("405B", "Llama 3.1 405B"),
        ("huggingface_hub/meta-llama/Meta-Llama-3.1-8B-Instruct", "Llama 3.1 8B"),
        ("Llama 4", "Llama 4 Scout + Maverick"),
        ("maverick", "Llama 4 Maverick"),
        ("llama3.1", "Llama 3.1 (8B + 70B + 405B)"),
        ("gpt3", "GPT-3 175B"),
        ("GPT-3", "GPT-3 175B"),
        ("mistralai/Mistral-Large-Instruct-2407", "Mistral Large 2"),
        ("deepseek", "DeepSeek-V3"),
    ],
)
def test_names_however_they_are_written(trainings: Trainings, typed: str, found: str) -> None:
    assert trainings.find(typed).model == found


@pytest.mark.parametrize("typed", ["gpt-4", "GPT-3.5", "gemma 3", "claude", "?!", "x" * 5000, "é" * 50])
def test_unknown_names_get_near_ones(trainings: Trainings, typed: str) -> None:
    with pytest.raises(UserError) as caught:
        trainings.find(typed)
    assert caught.value.key == "error.unknown_training"
    assert len(str(caught.value.values["model"])) <= 80
    assert caught.value.values["nearest"]


def test_a_name_that_fits_several_gets_them_all(trainings: Trainings) -> None:
    with pytest.raises(UserError) as caught:
        trainings.find("llama")
    assert caught.value.key == "error.training_ambiguous"
    assert "Llama 4" in str(caught.value.values["found"])


@given(st.text(max_size=60))
def test_any_text_is_found_or_refused(estimator: Estimator, typed: str) -> None:
    with contextlib.suppress(UserError):
        assert estimator.trainings.find(typed) in list(estimator.trainings)


def test_search_while_typing(trainings: Trainings) -> None:
    assert trainings.search("")[: len(trainings.featured)] == trainings.featured
    assert len(trainings.search("")) == len(trainings)
    assert [one.id for one in trainings.search("olmo")] == ["olmo3", "olmo_series_2025"]
    assert trainings.search("zzz") == []


def test_only_verified_rows_are_shown(tmp_path: Path) -> None:
    text = (CONFIG_DIR / "training.toml").read_text(encoding="utf-8")
    head, mark, entry = text.partition('id = "llama2_13b"')
    (tmp_path / "training.toml").write_text(
        head + mark + entry.replace("verified = true", "verified = false", 1), encoding="utf-8"
    )
    found = {one.id for one in Trainings.load(tmp_path)}
    assert {one.id for one in Trainings.load(CONFIG_DIR)} - found == {"llama2_13b"}


def test_an_address_from_memory_verifies_nothing(tmp_path: Path) -> None:
    entry = ENTRY.format(id="a", verified="true") + "url_from_memory = true\n"
    (tmp_path / "training.toml").write_text("featured = []\nreference = []\n" + entry)
    with pytest.raises(ConfigError, match=r"verified: nobody opened the address"):
        Trainings.load(tmp_path)


@pytest.mark.parametrize(
    "broken",
    [
        ENTRY.format(id="a", verified="true").replace('model = "a"', ""),
        ENTRY.format(id="a", verified="true").replace("year = 2025", 'year = "2025"'),
        ENTRY.format(id="a", verified="true").replace('source = "somebody"', ""),
        'featured = ["b"]\n' + ENTRY.format(id="a", verified="true"),
        "nonsense",
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, broken: str) -> None:
    (tmp_path / "training.toml").write_text(broken)
    with pytest.raises(ConfigError, match=r"training\.toml"):
        Trainings.load(tmp_path)
