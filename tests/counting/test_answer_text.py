"""What of an AI bot's message is its answer."""

from typing import Any

import pytest

from bot.counting.ai_answers.answer_text import is_placeholder, texts_of

EMBED = {
    "type": "rich",
    "title": "GPT-4o",
    "author": {"name": "Bot"},
    "description": "Rain falls.",
    "fields": [{"name": "Why", "value": "Clouds."}, {"name": "When"}],
    "footer": {"text": "model: gpt-4o"},
}


def test_text_is_taken_wherever_it_stands() -> None:
    payload = {
        "content": "Hello **you**",
        "embeds": [EMBED],
        "components": [
            {"type": 17, "components": [{"type": 10, "content": "In a container"}, {"type": 1, "components": []}]},
            {"type": 9, "components": [{"type": 10, "content": "In a section"}], "accessory": {"type": 2}},
        ],
    }
    assert texts_of(payload) == {
        "content": "Hello **you**",
        "embeds": "Rain falls.\nWhy\nClouds.\nWhen",
        "components": "In a container\nIn a section",
    }


def test_an_update_without_a_section_says_nothing_of_it() -> None:
    assert texts_of({"embeds": [EMBED]}).keys() == {"embeds"}
    assert texts_of({"id": "1"}) == {}
    assert texts_of({"content": "", "embeds": []}) == {"content": "", "embeds": ""}


def test_mentions_are_names() -> None:
    payload = {"content": "Hi <@5>, <@6>", "mentions": [{"id": "5", "username": "leo", "global_name": "Léo B"}]}
    assert texts_of(payload) == {"content": "Hi @Léo_B, @someone"}


@pytest.mark.parametrize(
    "embed",
    [
        EMBED | {"type": "link"},
        EMBED | {"type": "article"},
        EMBED | {"provider": {"name": "YouTube"}},
        EMBED | {"url": "https://example.org/a"},
    ],
)
def test_previews_of_links_are_somebody_elses_words(embed: dict[str, Any]) -> None:
    found = texts_of({"content": "See https://example.org/a", "embeds": [embed]})
    assert found["embeds"] == ""


@pytest.mark.parametrize(("pattern", "is_answer"), [("error*", False), ("*GPT*", False), ("help", True), (None, True)])
def test_embeds_can_be_excluded_by_title(pattern: str | None, is_answer: bool) -> None:
    title = "Error: GPT is away"
    assert bool(texts_of({"embeds": [EMBED | {"title": title}]}, pattern)["embeds"]) is is_answer


@pytest.mark.parametrize("text", ["", "⏳", "Thinking…", "💭 Réflexion en cours...", "▌", "Génération… ▌"])
def test_what_stands_for_an_answer_to_come_is_none(text: str) -> None:
    assert is_placeholder(text)
    assert texts_of({"content": text}) == {"content": ""}


@pytest.mark.parametrize(
    "text", ["Oui.", "42", "Bien sûr, voici ce que je peux dire de tout cela, pour commencer par là…"]
)
def test_short_answers_are_answers(text: str) -> None:
    assert not is_placeholder(text)


@pytest.mark.parametrize(
    "payload",
    [
        {"content": None, "embeds": None, "components": None},
        {"content": 5, "embeds": [5, {"fields": 7, "description": []}], "components": [{"type": 10}, "x"]},
        {"content": "", "embeds": {}, "components": {"type": 10}, "mentions": "x"},
        {"content": "", "mentions": [{"id": "x", "username": "a"}, {}]},
    ],
)
def test_payloads_of_another_shape_are_empty(payload: dict[str, Any]) -> None:
    assert not any(texts_of(payload).values())


def test_deep_and_long_ones_are_bounded() -> None:
    deep: dict[str, Any] = {"type": 10, "content": "deep"}
    for _ in range(50):
        deep = {"type": 17, "components": [deep]}
    assert texts_of({"components": [deep]}) == {"components": ""}
    assert len(texts_of({"content": "ab " * 100_000})["content"]) <= 10_000
