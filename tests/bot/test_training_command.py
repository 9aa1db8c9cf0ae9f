"""`/training` and the *Vérifications* button, as people use them."""

from typing import Any

import pytest
from house import House, StartBot
from shown import descriptions, texts

from sandbox import InteractionSession as Call


def said(call: Call) -> str:
    assert call.message is not None
    if not call.message["embeds"]:
        return "\n".join(texts(call.message)).replace("\u00a0", " ").replace("\u202f", " ")
    shown: dict[str, Any] = call.message["embeds"][0]
    fields = [text for field in shown.get("fields", []) for text in (field["name"], field["value"])]
    text = "\n".join([shown.get("title", ""), shown.get("description", ""), *fields])
    return text.replace("\u00a0", " ").replace("\u202f", " ")


async def all_of_it(house: House, user: str, call: Call, parts: tuple[str, ...]) -> None:
    """Behind the button is the rest, for who presses it alone."""
    assert call.message
    label = "Détails" if user != "noah" else "Details"
    details = await house.sandbox.press(user, call.message, label=label)
    await details.settled()
    assert details.ephemeral
    for part in parts:
        assert part in said(details)


def described(call: Call) -> str:
    """What the picture says to those who don't see it."""
    (alt,) = descriptions(call.message)
    return alt.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("user", "channel", "parts"),
    [
        ("camille", "général", ("Ce que l’entraînement a coûté", "21,6 GWh", "4 300 foyers", "25 jours", "21 000 GWh")),
        ("noah", "English Club/general", ("What training took", "21.6 GWh", "4,300 households", "25 days")),
    ],
)
async def test_the_overview(house: House, user: str, channel: str, parts: tuple[str, ...]) -> None:
    call = await house.sandbox.command(user, channel, "training")
    assert not call.ephemeral
    assert "Llama 3.1 405B" in described(call)
    assert len([line for line in said(call).splitlines() if line]) <= 4
    assert parts[0] in said(call)
    assert parts[1] in said(call)
    await all_of_it(house, user, call, parts)


@pytest.mark.parametrize(
    ("user", "channel", "model", "parts"),
    [
        ("leo", "prompts", "llama 4", ("Llama 4 Scout + Maverick (2025)", "5,17 GWh", "1 999 t", "21 588 MWh")),
        ("leo", "prompts", "mistral large 2", ("Cycle de vie", "18 mois", "énergie : non publiée")),
        ("noah", "English Club/general", "gpt-3", ("GPT-3 175B (2020)", "1.29 GWh", "552 t", "researchers at Google")),
    ],
)
async def test_a_models_page(house: House, user: str, channel: str, model: str, parts: tuple[str, ...]) -> None:
    call = await house.sandbox.command(user, channel, "training", {"model": model})
    assert not call.ephemeral
    assert len([line for line in said(call).splitlines() if line]) <= 9
    assert parts[0] in said(call)
    await all_of_it(house, user, call, parts)


@pytest.mark.parametrize(
    ("model", "sentence"),
    [
        ("gpt-4", "aucun chiffre d’entraînement publié et vérifiable pour « gpt-4 »"),
        ("llama", "Plusieurs entraînements correspondent à « llama »"),
        ("**@everyone**", "aucun chiffre d’entraînement publié"),
    ],
)
async def test_what_is_unknown_is_said_to_the_caller_alone(house: House, model: str, sentence: str) -> None:
    call = await house.sandbox.command("camille", "général", "training", {"model": model})
    assert call.ephemeral
    assert call.message
    assert sentence in call.message["content"].replace("\u202f", " ")
    assert "GPT-3 175B" in call.message["content"] or "Llama" in call.message["content"]


async def test_completion(house: House) -> None:
    offered = await house.sandbox.autocomplete("camille", "général", "training", focused="model", value="llama 4")
    assert [choice["name"] for choice in offered[:3]] == [
        "Llama 4 Scout + Maverick · 2025",
        "Llama 4 Scout · 2025",
        "Llama 4 Maverick · 2025",
    ]
    everything = await house.sandbox.autocomplete("camille", "général", "training", focused="model", value="")
    assert len(everything) == 25
    chosen = await house.sandbox.command("camille", "général", "training", {"model": everything[0]["value"]})
    assert "Llama 3.1 405B" in said(chosen)


async def test_as_a_user_installed_app_and_in_a_direct_message(house: House) -> None:
    elsewhere = await house.sandbox.command("leo", "Ailleurs/discussions", "training", {"model": "bloom"})
    assert "BLOOM 176B" in said(elsewhere)
    dm = await house.sandbox.dm("noah")
    there = await house.sandbox.command("noah", dm, "training")
    assert "What training took" in said(there)


@pytest.mark.parametrize(
    ("user", "label", "parts"),
    [
        ("ines", "Vérifications", ("Nos chiffres face aux mesures", "0,24 Wh", "26 fois moins", "21 août 2025")),
        ("noah", "Checks", ("Our figures against measurements", "0.24 Wh", "26 times less", "22 July 2025")),
    ],
)
async def test_the_checks_button(house: House, user: str, label: str, parts: tuple[str, ...]) -> None:
    call = await house.sandbox.command(user, "général", "about")
    assert call.message
    on_press = await house.sandbox.press(user, call.message, label=label)
    assert on_press.ephemeral
    for part in parts:
        assert part in said(on_press)


async def test_the_checks_button_outlives_a_restart(house: House, start_bot: StartBot) -> None:
    call = await house.sandbox.command("ines", "général", "about")
    assert call.message
    await house.bot.close()
    await start_bot()
    on_press = await house.sandbox.press("ines", call.message, label="Vérifications")
    assert "Mistral Large 2" in said(on_press)


async def test_a_fault_behind_the_button_is_told(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    call = await house.sandbox.command("ines", "général", "about")
    assert call.message
    monkeypatch.setattr("bot.usecases.estimates.Estimates.checks", lambda _: 1 / 0)
    on_press = await house.sandbox.press("ines", call.message, label="Vérifications")
    assert on_press.ephemeral
    assert on_press.message and "mal tourné" in on_press.message["content"]
