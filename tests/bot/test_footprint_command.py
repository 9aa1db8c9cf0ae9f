"""`/footprint`, the message menu and the *Méthode* button, as people use them."""

from typing import Any

import discord
import pytest
from house import House, StartBot

from bot.estimation.footprint import Request
from sandbox import InteractionSession as Call
from sandbox.state.files import Upload

FRENCH = "Rédige un mail poli à ma propriétaire pour lui demander de réparer la chaudière, s’il te plaît."
ENGLISH = "Could you write a polite e-mail to my landlady about the broken boiler, please?"


def embed(call: Call) -> dict[str, Any]:
    assert call.message is not None
    assert len(call.message["embeds"]) == 1
    return call.message["embeds"][0]


def said(call: Call) -> str:
    shown = embed(call)
    fields = [text for field in shown.get("fields", []) for text in (field["name"], field["value"])]
    return (
        "\n".join([shown.get("title", ""), shown.get("description", ""), *fields])
        .replace("\u00a0", " ")
        .replace("\u202f", " ")
    )


async def test_in_french(house: House) -> None:
    call = await house.sandbox.command("camille", "général", "footprint", {"text": FRENCH})
    assert not call.ephemeral
    assert embed(call)["title"] == "🐇 GPT-4o · électricité : États-Unis"
    for part in ("Wh", "g CO₂e", "mL", "≈", "jetons lus", "Si 1 % de l’humanité", "🙏 1 formule de politesse"):
        assert part in said(call)
    assert FRENCH[:20] not in said(call)


async def test_in_english(house: House) -> None:
    call = await house.sandbox.command("noah", "English Club/general", "footprint", {"text": ENGLISH})
    assert embed(call)["title"] == "🐇 GPT-4o · electricity: United States"
    for part in ("tokens read", "If 1% of humanity", "🙏 1 polite phrase"):
        assert part in said(call)


async def test_public_replies_speak_the_servers_language_and_private_ones_the_callers(house: House) -> None:
    public = await house.sandbox.command("noah", "général", "footprint", {"text": ENGLISH})
    assert "électricité" in said(public)
    private = await house.sandbox.command("noah", "général", "footprint", {"text": ENGLISH, "private": True})
    assert private.ephemeral
    assert "electricity" in said(private)


async def test_model_and_zone(house: House) -> None:
    values = {"text": FRENCH, "model": "anthropic/claude-opus-5", "zone": "FRA"}
    call = await house.sandbox.command("leo", "prompts", "footprint", values)
    assert embed(call)["title"].endswith(" Claude Opus 5 · électricité : France")


async def test_typed_names_do(house: House) -> None:
    values = {"text": FRENCH, "model": "gpt-4o-mini", "zone": "suède"}
    call = await house.sandbox.command("leo", "prompts", "footprint", values)
    assert embed(call)["title"].endswith(" GPT-4o mini · électricité : Suède")


async def test_a_vocabulary_loads_when_first_needed(house: House) -> None:
    loaded = house.bot.estimates.estimator.tokenizers
    loaded._loaded.pop("cl100k_base", None)
    call = await house.sandbox.command("leo", "prompts", "footprint", {"text": FRENCH, "model": "openai/gpt-4"})
    assert call.deferred
    await call.settled()
    assert "GPT-4 ·" in said(call)


async def test_in_a_direct_message(house: House) -> None:
    dm = await house.sandbox.dm("noah")
    call = await house.sandbox.command("noah", dm, "footprint", {"text": ENGLISH})
    assert "electricity" in said(call)


async def test_as_a_user_installed_app_where_the_bot_is_not(house: House) -> None:
    call = await house.sandbox.command("leo", "Ailleurs/discussions", "footprint", {"text": FRENCH})
    assert "électricité" in said(call)


async def details_of(house: House, user: str, call: Call, locale: str) -> Call:
    """Press the button behind which all of it is."""
    assert call.message
    label = "Détails" if locale == "fr" else "Details"
    details = await house.sandbox.press(user, call.message, label=label, locale=locale)
    assert details.ephemeral
    return details


@pytest.mark.parametrize(("locale", "title"), [("fr", "Comment ces chiffres sont faits"), ("en-GB", "How these")])
async def test_the_method_button(house: House, locale: str, title: str) -> None:
    call = await house.sandbox.command("camille", "général", "footprint", {"text": FRENCH})
    assert call.message
    label = call.message["components"][0]["components"][0]["label"]
    assert label == "Méthode"
    on_press = await house.sandbox.press("leo", call.message, label=label, locale=locale)
    assert on_press.ephemeral
    assert title in said(on_press)
    assert "EcoLogits" in said(on_press)
    assert "Wh" not in said(on_press)
    details = await details_of(house, "leo", on_press, locale)
    assert title in said(details)
    assert "14" in said(details) and "Wh" in said(details)


async def test_the_button_outlives_a_restart(house: House, start_bot: StartBot) -> None:
    call = await house.sandbox.command("camille", "général", "footprint", {"text": FRENCH, "zone": "FRA"})
    assert call.message
    await house.bot.close()
    await start_bot()
    on_press = await house.sandbox.press("camille", call.message, label="Méthode")
    assert "France" in said(on_press)


@pytest.mark.parametrize(
    "custom_id",
    ["method:00000000:FRA:12:code.1.2.3", "method:{known}:FRA:12:nonsense", "method:{known}:FRA:12:code.1.2"],
)
async def test_an_outdated_button_says_so(house: House, custom_id: str) -> None:
    channel = next(iter(house.bot.get_all_channels()))
    place = next(one for one in channel.guild.text_channels if one.name == "général")
    known = house.bot.estimates.estimator.models.default.short_id
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="Méthode", custom_id=custom_id.format(known=known)))
    sent = await place.send("from an older version", view=view)
    on_press = await house.sandbox.press("leo", {"id": str(sent.id), "channel_id": str(place.id)}, label="Méthode")
    assert on_press.ephemeral
    assert on_press.message and "relancez /footprint" in on_press.message["content"]


async def test_the_message_menu(house: House) -> None:
    message = await house.sandbox.post_message("leo", "général", "Merci beaucoup, bonne soirée !")
    call = await house.sandbox.context_menu("ines", "général", "Empreinte", message)
    assert call.ephemeral
    assert "Rien que de la politesse" in said(call)


async def test_the_message_menu_on_a_message_without_text(house: House) -> None:
    picture = Upload("files[0]", "a.png", b"\x89PNG\r\n", "image/png")
    bare = await house.sandbox.post_message("leo", "général", "", [picture])
    call = await house.sandbox.context_menu("noah", "général", "Empreinte", bare)
    assert call.ephemeral
    assert call.message and "no text" in call.message["content"]
    both = await house.sandbox.post_message("leo", "général", "Décris cette image.", [picture])
    assert "1 attached file isn’t counted" in said(
        await house.sandbox.context_menu("noah", "général", "Empreinte", both)
    )


@pytest.mark.parametrize(
    ("values", "french", "english"),
    [
        ({"text": " \u3000 "}, "pas de texte", "no text"),
        ({"text": "bonjour", "model": "openai/gpt-99"}, "Modèle inconnu", "Unknown model"),
        ({"text": "bonjour", "zone": "Atlantide"}, "Zone inconnue", "Unknown zone"),
        ({"text": "x" * 6001}, "6001 caractères", "6001 characters"),
    ],
)
async def test_bad_input_is_answered_in_private_in_the_callers_language(
    house: House, values: dict[str, str], french: str, english: str
) -> None:
    for user, sentence in (("leo", french), ("noah", english)):
        call = await house.sandbox.command(user, "général", "footprint", values, force=True)
        assert call.ephemeral
        assert call.message and sentence in call.message["content"]
        assert not call.message["embeds"]


@pytest.mark.parametrize(
    "text",
    [
        "\u202e\u202dabc\u0000\u0007",
        "@everyone @here <@&1>",
        "`" * 4000,
        "😀" * 2000,
        "[x](javascript:alert(1))",
        "\u200b",
    ],
)
async def test_hostile_texts_get_an_ordinary_answer(house: House, text: str) -> None:
    call = await house.sandbox.command("leo", "général", "footprint", {"text": text}, force=True)
    assert call.message
    assert not call.message["mention_everyone"]
    assert "javascript" not in str(call.message)


async def test_hostile_model_names_lose_their_power(house: House) -> None:
    values = {"text": "bonjour", "model": "**@everyone** \u202e`x` [a](http://b)"}
    call = await house.sandbox.command("leo", "général", "footprint", values, force=True)
    assert call.message
    assert "\u202e" not in call.message["content"]
    assert r"\*\*" in call.message["content"]
    assert not call.message["mention_everyone"]


async def test_completion_of_models(house: House) -> None:
    async def offered(value: str, locale: str = "fr") -> list[str]:
        found = await house.sandbox.autocomplete(
            "leo", "général", "footprint", focused="model", value=value, options={"text": "a"}, locale=locale
        )
        return [choice["value"] for choice in found]

    assert (await offered(""))[0] == "openai/gpt-4o"
    assert len(await offered("")) == 25
    assert "google_genai/gemini-2.5-pro" in await offered("gemini pro")
    assert await offered("no such model") == []


async def test_completion_of_zones(house: House) -> None:
    async def offered(value: str, locale: str) -> list[dict[str, Any]]:
        return await house.sandbox.autocomplete(
            "leo", "général", "footprint", focused="zone", value=value, options={"text": "a"}, locale=locale
        )

    assert [one["value"] for one in await offered("suede", "fr")] == ["SWE"]
    assert [one["value"] for one in await offered("Sweden", "en-US")] == ["SWE"]
    assert (await offered("", "fr"))[0]["name"] == "France (FRA)"
    assert (await offered("WOR", "en-US"))[0]["name"] == "world (average) (WOR)"


async def test_hidden_reasoning_is_shown_apart_and_explained(house: House) -> None:
    values = {"text": FRENCH, "model": "openai/gpt-5.5", "effort": "xhigh"}
    call = await house.sandbox.command("leo", "général", "footprint", values)
    assert "jetons de réflexion, que personne ne voit" in said(call)
    assert call.message
    on_press = await house.sandbox.press("leo", call.message, label="Méthode")
    on_press = await details_of(house, "leo", on_press, "fr")
    assert "Ce modèle réfléchit avant de répondre" in said(on_press)


async def test_more_effort_takes_more(house: House) -> None:
    answers = house.bot.estimates
    taken = [
        answers.footprint(FRENCH, Request(model="openai/gpt-5.5", effort=effort)).footprint.answer_tokens.expected
        for effort in ("low", "medium", "xhigh")
    ]
    assert taken == sorted(taken)
    assert taken[0] < taken[2]


async def test_completion_of_efforts(house: House) -> None:
    async def offered(model: str) -> list[str]:
        options = {"text": "a", "model": model}
        found = await house.sandbox.autocomplete("leo", "général", "footprint", focused="effort", options=options)
        return [choice["value"] for choice in found]

    assert {"low", "medium", "xhigh"} <= set(await offered("openai/gpt-5.5"))
    assert await offered("openai/gpt-4o") == []
    assert await offered("no/such") == []


async def test_an_effort_that_the_model_does_not_have(house: House) -> None:
    values = {"text": "bonjour", "model": "openai/gpt-4o", "effort": "high"}
    call = await house.sandbox.command("leo", "général", "footprint", values)
    assert call.ephemeral
    assert call.message and "ne laisse pas choisir d’effort" in call.message["content"]
