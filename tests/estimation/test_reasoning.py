"""Hidden reasoning: factors by model and effort, never below 1, each with its source."""

from pathlib import Path

import pytest
from ecologits.model_repository import models
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ConfigError
from bot.estimation.facts.fact import CONFIG_DIR
from bot.estimation.impacts.reasoning import JUDGEMENT, LEVELS, Reasoning

REASONING = Reasoning.load(CONFIG_DIR)
ENTRY = """
[[reasoning]]
id = "thinker"
match = ["thinker"]
default = "high"
unit = "tokens written per visible token"
source = "a paper"
url = "https://example.org"
date = "2026"
verified = true
[reasoning.efforts]
"""


@pytest.mark.parametrize(
    "model", ["openai/gpt-4o", "openai/gpt-5-chat-latest", "mistralai/mistral-large-2512", "", "x/y"]
)
def test_models_that_do_not_think_have_no_factor(model: str) -> None:
    assert REASONING.factor(model) is None
    assert REASONING.efforts(model) == ()


@pytest.mark.parametrize(
    ("model", "effort", "expected"),
    [
        ("openai/gpt-5", None, 3.41),
        ("openai/gpt-5.4", None, 1.0),
        ("openai/gpt-5.4", "xhigh", 8.88),
        ("openai/gpt-5.5-pro", "medium", 5.95),
        ("openai/o1-preview", None, 1.76),
        ("anthropic/claude-opus-4-5-20251101", "high", 2.7),
        ("anthropic/claude-opus-4-5-20251101", None, 1.0),
        ("google_genai/gemini-3-pro-preview", "low", 1.21),
    ],
)
def test_measured_factors(model: str, effort: str | None, expected: float) -> None:
    factor = REASONING.factor(model, effort)
    assert factor is not None
    assert factor.times.expected == pytest.approx(expected, abs=0.011)
    assert not factor.is_assumption
    assert factor.source != JUDGEMENT


@pytest.mark.parametrize("model", ["openai/gpt-5-mini", "openai/gpt-6-sol", "anthropic/claude-opus-5", "openai/o1"])
def test_what_is_carried_over_from_another_model_is_marked(model: str) -> None:
    factor = REASONING.factor(model)
    assert factor is not None
    assert factor.is_assumption
    assert factor.source == JUDGEMENT


def test_efforts_are_named_from_the_least() -> None:
    assert REASONING.efforts("openai/gpt-5.3-codex") == ("low", "medium", "high", "xhigh")
    assert REASONING.efforts("google_genai/gemini-2.5-pro") == ()
    assert REASONING.factor("openai/gpt-5", "colossal") is None


def test_every_model_of_ecologits_has_sane_factors() -> None:
    for model in models.list_models():
        key = f"{model.provider.value}/{model.name}"
        for effort in (None, *REASONING.efforts(key)):
            factor = REASONING.factor(key, effort)
            if factor is not None:
                assert 1.0 <= factor.times.low <= factor.times.expected <= factor.times.high <= 100.0
                assert effort is None or factor.effort == effort


@given(st.text(), st.sampled_from(LEVELS))
def test_any_name_is_accepted(model: str, effort: str) -> None:
    factor = REASONING.factor(model, effort)
    assert factor is None or factor.effort == effort


@pytest.mark.parametrize("efforts", ["high = [0.5, 2, 3]", "high = [2, 1, 3]", "low = [1, 2, 3]"])
def test_impossible_entries_are_refused(tmp_path: Path, efforts: str) -> None:
    (tmp_path / "reasoning.toml").write_text(ENTRY + efforts, encoding="utf-8")
    with pytest.raises(ConfigError):
        Reasoning.load(tmp_path)


def test_an_entry_without_its_source_is_refused(tmp_path: Path) -> None:
    text = ENTRY.replace('source = "a paper"', "") + "high = [1, 2, 3]"
    (tmp_path / "reasoning.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError):
        Reasoning.load(tmp_path)


@pytest.mark.parametrize(
    ("model", "effort", "factor", "is_assumption"),
    [
        ("anthropic/claude-opus-5", "high", 2.2, True),
        ("anthropic/claude-opus-5-5", "medium", 1.5, True),
        ("openai/gpt-5.1", "none", 1.0, False),
        ("openai/gpt-5-pro", "high", 6.45, True),
        ("google_genai/gemini-2.5-flash", "always", 1.5, True),
        ("google_genai/gemini-3.8-flash", "medium", 1.31, True),
        ("google_genai/gemma-4-31b-it", "high", 1.75, False),
        ("mistralai/mistral-large-4", "high", 1.94, True),
        ("cohere/command-a-plus-05-2026", "high", 2.1, True),
        ("anthropic/claude-opus-4-8", "none", 1.0, False),
    ],
)
def test_defaults_are_those_that_makers_document(model: str, effort: str, factor: float, is_assumption: bool) -> None:
    found = REASONING.factor(model)
    assert found is not None
    assert found.effort == effort
    assert found.times.expected == pytest.approx(factor, abs=0.02)
    assert found.is_assumption == is_assumption


@pytest.mark.parametrize(
    ("model", "efforts"),
    [
        ("openai/gpt-5-pro", ("high",)),
        ("openai/gpt-5", ("minimal", "low", "medium", "high")),
        ("openai/gpt-5.5", ("none", "low", "medium", "high", "xhigh")),
        ("openai/gpt-6.1-sol", ("low", "medium", "high", "xhigh", "max")),
        ("anthropic/claude-opus-5-5", ("low", "medium", "high", "xhigh", "max")),
        ("anthropic/claude-opus-5", ("none", "low", "medium", "high", "xhigh", "max")),
    ],
)
def test_efforts_are_those_that_makers_offer(model: str, efforts: tuple[str, ...]) -> None:
    assert REASONING.efforts(model) == efforts


def test_more_effort_never_takes_less() -> None:
    for model in models.list_models():
        key = f"{model.provider.value}/{model.name}"
        times = [
            factor.times.expected for effort in REASONING.efforts(key) if (factor := REASONING.factor(key, effort))
        ]
        assert times == sorted(times), key
