"""Models as people name them, and what is said of them."""

from datetime import date

import pytest

from bot.errors import UserError
from bot.estimation.estimator import Estimator
from bot.estimation.facts.fact import CONFIG_DIR
from bot.estimation.impacts.model_facts import ModelFacts
from bot.estimation.impacts.model_names import ModelAliases, fold
from bot.estimation.impacts.thinking import ThinkingTable
from bot.estimation.notes import notes_of


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("gpt5", "openai/gpt-5"),
        ("GPT 5.5", "openai/gpt-5.5"),
        ("  gpt–4o  ", "openai/gpt-4o"),
        ("OPENAI/GPT-4O", "openai/gpt-4o"),
        ("sonnet", "anthropic/claude-sonnet-5-5"),
        ("Claude Opus 5", "anthropic/claude-opus-5"),
        ("gemini", "google_genai/gemini-3.8-flash"),
        ("le chat", "mistralai/mistral-medium-3-5"),
        ("Mistral", "mistralai/mistral-medium-3-5"),
        ("Command A+", "cohere/command-a-plus-05-2026"),
        ("command r", "cohere/command-r-08-2024"),
        ("Mistral Large", "mistralai/mistral-large-2512"),
        ("gemini 3.5 flash", "google_genai/gemini-3.6-flash"),
        ("gemini-3.5-flash", "google_genai/gemini-3.5-flash"),
        ("llama 3 70b", "huggingface_hub/meta-llama/Meta-Llama-3.1-70B-Instruct"),
        ("llama-3.1 405B", "huggingface_hub/meta-llama/Meta-Llama-3.1-405B-Instruct"),
        ("nemo-instruct", "huggingface_hub/mistralai/Mistral-Nemo-Instruct-2407"),
    ],
)
def test_names_people_use(estimator: Estimator, typed: str, key: str) -> None:
    assert estimator.models.find(typed).key == key


@pytest.mark.parametrize(
    ("typed", "error", "said"),
    [
        ("deepseek r1", "error.model_outside", {"nearest": "Mistral Large 3", "times": 0.96}),
        ("llama 4", "error.model_outside", {"nearest": "Mistral Small 4", "times": 1.12}),
        ("GPT-6.2 Astra", "error.model_outside_successor", {"nearest": "GPT-6 Astra"}),
        ("grok", "error.model_outside_unsized", {}),
        ("gpt 6", "error.ambiguous_model", {"found": "GPT-6 Astra, GPT-6.1 Sol, GPT-6 Luna"}),
        ("gpt-4o-mini-tts", "error.left_out.speech", {}),
        ("nano banana", "error.left_out.image", {}),
        ("huggingface_hub/databricks/dbrx-base", "error.left_out.base", {}),
        ("x" * 300, "error.model_name_too_long", {"length": 300}),
        ("chatgtp", "error.unknown_model", {"nearest": "ChatGPT (GPT-5.5 Instant)"}),
        ("", "error.unknown_model_alone", {}),
        ("🙂", "error.unknown_model_alone", {}),
        ("wxyz", "error.unknown_model_alone", {}),
    ],
)
def test_what_cannot_be_taken_is_said(estimator: Estimator, typed: str, error: str, said: dict[str, object]) -> None:
    with pytest.raises(UserError) as caught:
        estimator.models.find(typed)
    assert caught.value.key == error
    assert said.items() <= caught.value.values.items()


def test_every_alias_leads_to_a_model(estimator: Estimator) -> None:
    aliases = ModelAliases.load(CONFIG_DIR, estimator.models.sources)
    everything = estimator.models.everything
    for alias in aliases.aliases.values():
        assert all(key.lower() in everything for key in alias.models), alias.typed
    for outside in aliases.outside.values():
        assert outside.nearest is None or outside.nearest.lower() in everything, outside.name


@pytest.mark.parametrize("typed", ["gpt-99", "gpt 7", "openai/gpt-99"])
def test_an_unknown_version_gets_the_newest_of_its_family(estimator: Estimator, typed: str) -> None:
    with pytest.raises(UserError) as caught:
        estimator.models.find(typed)
    assert caught.value.key == "error.unknown_model_family"
    titles = str(caught.value.values["nearest"]).split(", ")
    assert all("GPT" in title for title in titles)
    assert titles[0] == "GPT-6.1 Sol"


def test_every_model_is_found_by_its_own_key_and_title(estimator: Estimator) -> None:
    for model in estimator.models:
        assert estimator.models.find(model.key) is model
        assert estimator.models.find(model.title).title == model.title


def test_search_knows_aliases_and_puts_the_meant_one_first(estimator: Estimator) -> None:
    def first(query: str) -> str:
        return estimator.models.search(query)[0].key

    assert first("chatgpt") == "openai/chat-latest"
    assert first("gpt5") == "openai/gpt-5"
    assert first("opus 5") == "anthropic/claude-opus-5"
    assert first("vibe") == "mistralai/mistral-medium-3-5"
    assert estimator.models.search("deepseek") == []


def test_models_that_write_no_answers_are_left_out(estimator: Estimator) -> None:
    kinds = {model.kind.id for model in estimator.models if model.kind}
    assert not kinds & {"image", "speech", "transcription", "moderation", "base", "fim", "prover"}
    assert {"search", "deep-research", "coding-agent"} <= kinds
    assert 250 <= len(estimator.models) < len(estimator.models.everything)


def test_every_hosted_model_has_a_title(estimator: Estimator) -> None:
    for model in estimator.models:
        if model.provider != "huggingface_hub":
            assert model.title != model.name or model.name.startswith("o"), model.key


def test_nothing_shown_first_is_gone(estimator: Estimator) -> None:
    models = estimator.models
    for model in (*models.search("", limit=16), *models.compared):
        assert model.retired is None or model.retired > "2026-11-27", model.key
        assert not model.implausible
        assert model.kind is None


def notes(estimator: Estimator, key: str, day: date = date(2026, 11, 27)) -> dict[str, dict[str, object]]:
    model = estimator.models.find(key)
    return {note.key: dict(note.values) for note in notes_of(model, estimator.models, day)}


def test_what_is_said_of_a_model(estimator: Estimator) -> None:
    assert notes(estimator, "openai/gpt-4o") == {}
    assert notes(estimator, "openai/o3-mini") == {"note.retired": {"maker": "OpenAI", "day": date(2026, 10, 23)}}
    assert "note.implausible" in notes(estimator, "openai/gpt-5.5-pro")
    assert "note.kind.search" in notes(estimator, "openai/gpt-5-search-api")
    drift = notes(estimator, "google_genai/gemini-pro-latest")["note.drift.old_size"]
    assert drift == {"other": "Gemini 3.1 Pro", "times": 2.47}


def test_an_end_to_come_is_said_from_that_day_on(estimator: Estimator) -> None:
    assert "note.retired" not in notes(estimator, "openai/gpt-5", date(2026, 12, 10))
    assert "note.retired" in notes(estimator, "openai/gpt-5", date(2026, 12, 11))


def test_a_drifted_name_takes_the_figure_of_what_it_means(estimator: Estimator) -> None:
    def ordinary(key: str) -> float:
        model = estimator.models.find(key)
        zone = estimator.impacts.method(None).zone_of(model)
        return estimator.impacts.coefficients(model, zone, "ecologits").energy_wh.high_slope

    for model in estimator.models:
        if model.drift:
            assert ordinary(model.key) == ordinary(model.drift.use)
    assert ordinary("google_genai/gemini-flash-latest") == ordinary("google_genai/gemini-3.8-flash")


def test_all_sources_are_known() -> None:
    facts = ModelFacts.load(CONFIG_DIR)
    ThinkingTable.load(CONFIG_DIR, facts.sources)


def test_folding() -> None:
    assert fold("GPT-5.5") == fold("gpt 5 5") == fold("Gpt–5.5") == "gpt55"
    assert fold("Command A+") == "commandaplus"
