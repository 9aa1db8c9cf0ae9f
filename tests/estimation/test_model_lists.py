"""Models named in one line."""

import pytest

from bot.errors import UserError
from bot.estimation.estimator import Estimator
from bot.estimation.facts.fact import CONFIG_DIR, read
from bot.estimation.impacts import model_lists


def keys(estimator: Estimator, typed: str) -> list[str]:
    return [model.key for model in model_lists.read(estimator.models, typed)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", []),
        (" , ,", []),
        ("GPT-4o, anthropic/claude-opus-5", ["openai/gpt-4o", "anthropic/claude-opus-5"]),
        ("o1,gpt-4o , OPENAI/GPT-4O,GPT-4o,", ["openai/o1", "openai/gpt-4o"]),
        ("gpt-4o," * 9, ["openai/gpt-4o"]),
    ],
)
def test_reading(estimator: Estimator, typed: str, expected: list[str]) -> None:
    assert keys(estimator, typed) == expected


def test_five_are_taken_and_six_refused(estimator: Estimator) -> None:
    five = "gpt-4o, gpt-4o mini, o1, o3-mini, gpt-5"
    assert len(keys(estimator, five)) == 5
    with pytest.raises(UserError) as refused:
        keys(estimator, f"{five}, gpt-5.5")
    assert (refused.value.key, refused.value.values) == ("error.too_many_models", {"count": 6, "most": 5})


def test_an_unknown_one_is_named(estimator: Estimator) -> None:
    with pytest.raises(UserError) as refused:
        keys(estimator, "gpt-4o, gpt-99")
    assert refused.value.key == "error.unknown_model_family"
    assert refused.value.values["model"] == "gpt-99"


def test_the_usual_models_are_five_that_exist(estimator: Estimator) -> None:
    usual = [model.key for model in estimator.models.compared]
    assert usual == read(CONFIG_DIR, "models")["compare"]
    assert len(usual) == model_lists.MAX_COMPARED


def test_one_model_joins_the_usual_ones(estimator: Estimator) -> None:
    models = estimator.models
    usual = models.compared
    one, other = models.find("openai/o1"), models.find("openai/o3-mini")
    assert model_lists.with_usual(models, []) == usual
    assert model_lists.with_usual(models, [one]) == [one, *usual[:-1]]
    assert model_lists.with_usual(models, [usual[2]]) == [usual[2], *usual[:2], *usual[3:]]
    assert model_lists.with_usual(models, [one, other]) == [one, other]


def offered(estimator: Estimator, typed: str) -> list[str]:
    return model_lists.completions(estimator.models, typed, limit=25, longest=100)


def test_completion_keeps_the_earlier_ones(estimator: Estimator) -> None:
    assert offered(estimator, "")[0] == "GPT-4o"
    assert len(offered(estimator, "")) == 25
    assert offered(estimator, "openai/gpt-4o-mini ,claude opus 5")[0] == "GPT-4o mini, Claude Opus 5"
    assert offered(estimator, "gpt-4o,nonsense,o3")[0] == "GPT-4o, nonsense, o3-mini"
    assert "GPT-4o, GPT-4o" not in offered(estimator, "gpt-4o, gpt-4o")
    assert offered(estimator, "gpt-4o, no such model") == []
    assert offered(estimator, "o1, o3-mini, gpt-5, gpt-4, gpt-4o, ") == []


def test_what_is_offered_fits_discord_and_is_understood(estimator: Estimator) -> None:
    long = "Phi-3-medium-128k-instruct-onnx-directml, Phi-3-vision-128k-instruct-onnx-directml, "
    assert offered(estimator, long)
    for typed in ("", "gpt-4o, ", "mistral", long):
        for line in offered(estimator, typed):
            assert len(line) <= 100
            assert len(keys(estimator, line)) == line.count(",") + 1


def test_every_short_name_stands_for_its_model(estimator: Estimator) -> None:
    models = estimator.models
    assert all(models.find(model_lists.short_name(models, model)) is model for model in models)
