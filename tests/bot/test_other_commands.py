"""`/models` and `/about`, in both languages, for the caller alone."""

import pytest
from house import House


@pytest.mark.parametrize(("user", "words"), [("leo", "Énergie d’une réponse"), ("noah", "Energy of an answer")])
async def test_models(house: House, user: str, words: str) -> None:
    call = await house.sandbox.command(user, "général", "models", {"query": "mistral"})
    assert call.ephemeral
    assert call.message
    text = call.message["embeds"][0]["description"]
    assert words in text
    assert "mistralai/mistral-large-latest" in text
    assert "Wh" in text


async def test_models_without_and_with_a_hopeless_query(house: House) -> None:
    everything = await house.sandbox.command("leo", "général", "models")
    assert everything.message and "… et 336 autres" in everything.message["embeds"][0]["description"]
    nothing = await house.sandbox.command("leo", "général", "models", {"query": "**zzz**"})
    assert nothing.message and "Aucun modèle" in nothing.message["embeds"][0]["description"]


@pytest.mark.parametrize(("user", "words"), [("ines", "Ce qu’il faut savoir"), ("noah", "What to know")])
async def test_about(house: House, user: str, words: str) -> None:
    call = await house.sandbox.command(user, "général", "about")
    assert call.ephemeral
    assert call.message
    page = str(call.message["embeds"][0])
    for part in (words, "351", "215", "ADEME", "2026-07-01", "2,06" if user == "ines" else "2.06"):
        assert part in page
