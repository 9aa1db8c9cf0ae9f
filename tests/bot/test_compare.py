"""`/compare` and the *Comparer* button, as people use them."""

import os
import re
import signal
from io import BytesIO
from typing import Any

import aiohttp
import discord
import pytest
from house import House, StartBot
from PIL import Image
from shown import MEDIA_GALLERY, descriptions, parts, texts

from sandbox import InteractionSession as Call

FRENCH = "Rédige un mail poli à ma propriétaire pour lui demander de réparer la chaudière, s’il te plaît."
ENGLISH = "Could you write a polite e-mail to my landlady about the broken boiler, please?"
TIME = 60.0
"""Seconds allowed for an answer: the first picture starts a process, and the machine may be busy."""


def said(call: Call) -> str:
    return "\n".join(texts(call.message)).replace("\u00a0", " ").replace("\u202f", " ")


def names(call: Call) -> list[str]:
    rows = [line for line in said(call).splitlines() if "**" in line]
    return [row.split("**")[1].split(" · ")[0] for row in rows]


def title(call: Call) -> str:
    return said(call).splitlines()[0].removeprefix("### ")


def attached(call: Call) -> str:
    (description,) = descriptions(call.message)
    return description


def picture_of(call: Call) -> dict[str, Any]:
    (found,) = [item for one in parts(call.message) if one["type"] == MEDIA_GALLERY for item in one["items"]]
    return found["media"]


@pytest.fixture
async def compare(house: House) -> Any:
    async def run(user: str = "leo", channel: Any = "général", text: str = FRENCH, **options: str) -> Call:
        values = {"text": text, **options}
        call = await house.sandbox.command(user, channel, "compare", values, timeout=TIME, force=True)
        return await call.settled(timeout=TIME)

    return run


@pytest.fixture
async def reply(house: House) -> dict[str, Any]:
    values = {"text": FRENCH, "model": "anthropic/claude-opus-5-5", "zone": "FRA"}
    call = await house.sandbox.command("camille", "général", "footprint", values)
    assert call.message
    return call.message


async def press(house: House, message: dict[str, Any], user: str = "leo", label: str = "Comparer") -> Call:
    call = await house.sandbox.press(user, message, label=label, timeout=TIME)
    return await call.settled(timeout=TIME)


async def test_in_french(compare: Any) -> None:
    call = await compare()
    assert call.deferred
    assert not call.ephemeral
    assert title(call) == "⚖️ Le même message, 5 modèles"
    assert len(names(call)) == 5
    for part in (
        "fois plus que",
        "le plus bas",
        "g CO₂e",
        "Électricité du fournisseur",
        "Estimation, pas mesure",
    ):
        assert part in said(call)
    for part in ("en barres horizontales", *names(call)):
        assert part in attached(call)


async def test_in_english(house: House, compare: Any) -> None:
    call = await compare("noah", "English Club/general", ENGLISH, models="gpt-4o, gpt-4o-mini")
    assert title(call) == "⚖️ The same message, 2 models"
    assert names(call) == ["GPT-4o", "GPT-4o mini"]
    assert "times as much as GPT-4o mini" in said(call)
    assert "The provider’s electricity: United States" in said(call)
    media = picture_of(call)
    async with aiohttp.ClientSession() as session, session.get(media["url"]) as answer:
        picture = Image.open(BytesIO(await answer.read()))
    picture.load()
    assert picture.size == (media["width"], media["height"])


async def test_in_a_direct_message_and_where_the_bot_is_not(house: House, compare: Any) -> None:
    for user, place in (("noah", await house.sandbox.dm("noah")), ("leo", "Ailleurs/discussions")):
        call = await compare(user, place)
        assert len(names(call)) == 5
        assert attached(call)


async def test_five_six_one_and_the_same_twice(compare: Any) -> None:
    five = "gpt-4o, o1, gpt-5, mistral large, command a"
    assert sorted(names(await compare(models=five))) == ["Command A", "GPT-4o", "GPT-5", "Mistral Large 3", "o1"]
    assert sorted(names(await compare(models="o1,gpt-4o, O1 ,openai/o1"))) == ["GPT-4o", "o1"]
    joined = names(await compare(models="o1"))
    assert "o1" in joined
    assert len(joined) == 5
    six = await compare(models=f"{five}, o3-mini")
    assert six.ephemeral
    assert six.message["content"] == "6 modèles, c’est trop pour une comparaison : 5 au plus."


@pytest.mark.parametrize(
    ("values", "french", "english"),
    [
        ({"models": "gpt-4o, gpt-99"}, "Modèle inconnu : « gpt-99 »", "Unknown model"),
        ({"models": "@everyone, [a](http://b)"}, "Modèle inconnu", "Unknown model"),
        ({"text": " \u3000 "}, "pas de texte", "no text"),
    ],
)
async def test_bad_input_is_answered_in_private(
    compare: Any, values: dict[str, str], french: str, english: str
) -> None:
    for user, sentence in (("leo", french), ("noah", english)):
        call = await compare(user, **values)
        assert call.ephemeral
        assert sentence in call.message["content"]
        assert not call.message["mention_everyone"]


async def test_completion_keeps_what_was_chosen(house: House) -> None:
    found = await house.sandbox.autocomplete(
        "leo", "général", "compare", focused="models", value="openai/gpt-4o, claude opus 5", options={"text": "a"}
    )
    assert found[0]["name"] == found[0]["value"] == "GPT-4o, Claude Opus 5"


async def test_the_button(house: House, reply: dict[str, Any]) -> None:
    call = await press(house, reply)
    assert call.ephemeral
    assert "Claude Opus 5.5" in names(call)
    assert len(names(call)) == 5
    assert "▸ **Claude Opus 5.5" in said(call)
    assert "Électricité choisie, pour tous : France" in said(call)
    assert attached(call)


async def test_the_button_in_the_pressers_language(house: House, reply: dict[str, Any]) -> None:
    call = await press(house, reply, "noah")
    assert "Electricity chosen, for all of them: France" in said(call)


async def test_the_buttons_figures_are_the_replys(house: House, reply: dict[str, Any]) -> None:
    figure = reply["embeds"][0]["description"].split("**")[1]
    call = await press(house, reply)
    assert f"Claude Opus 5.5 · {figure}".replace("\u00a0", " ") in said(call)


async def test_each_its_providers_electricity_where_none_was_chosen(house: House) -> None:
    sent = await house.sandbox.command("leo", "prompts", "footprint", {"text": FRENCH, "model": "mistral large"})
    assert sent.message
    call = await press(house, sent.message)
    assert "Suède (Mistral Large 3)" in said(call)
    assert "États-Unis (" in said(call)


async def test_the_button_outlives_a_restart(house: House, start_bot: StartBot, reply: dict[str, Any]) -> None:
    await house.bot.close()
    await start_bot()
    assert "Claude Opus 5.5" in names(await press(house, reply))


async def test_an_outdated_button_says_so(house: House) -> None:
    channel = next(one for one in house.bot.get_all_channels() if one.name == "général")
    assert isinstance(channel, discord.TextChannel)
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="Comparer", custom_id="compare:00000000:FRA:12:code.1.2.3"))
    sent = await channel.send("from an older version", view=view)
    call = await press(house, {"id": str(sent.id), "channel_id": str(channel.id)})
    assert call.ephemeral
    assert call.message
    assert "relancez /footprint" in call.message["content"]


async def test_without_the_permission_to_attach_files(house: House, compare: Any) -> None:
    house.sandbox.world.deny("général", "attach_files", who=house.sandbox.world.bot)
    call = await compare()
    assert len(names(call)) == 5
    assert "de réflexion" in said(call)
    assert not descriptions(call.message)
    assert "image" not in said(call).lower()
    assert house.bot.charts._running() is None


async def test_when_discord_refuses_the_picture(house: House, compare: Any) -> None:
    house.sandbox.faults.add(method="PATCH", path=r"/webhooks/", status=403)
    call = await compare()
    assert len(names(call)) == 5
    assert not descriptions(call.message)
    assert "image" not in said(call).lower()


async def test_when_the_process_hangs(house: House, compare: Any) -> None:
    await compare()
    worker = house.bot.charts._running()
    assert worker
    os.kill(worker.process.pid, signal.SIGSTOP)
    house.bot.charts._limit = 0.3
    call = await compare(models="o1, gpt-4o")
    assert names(call) == ["o1", "GPT-4o"]
    assert not descriptions(call.message)
    house.bot.charts._limit = TIME
    assert attached(await compare(models="o1, gpt-4o"))


async def test_when_the_process_was_killed(house: House, compare: Any) -> None:
    await compare()
    worker = house.bot.charts._running()
    assert worker
    os.kill(worker.process.pid, signal.SIGKILL)
    assert attached(await compare(models="o1, gpt-4o"))


SHORT = "Résume la photosynthèse en une phrase."
LONG = "Écris un cours complet et détaillé sur la photosynthèse, avec un plan, dix exercices et leurs corrigés."


async def test_two_ways_of_asking_the_ratio_first(compare: Any) -> None:
    call = await compare(text=LONG, second_text=SHORT)
    assert title(call).startswith("⚖️ Deux façons de demander · GPT-4o · électricité")
    first = said(call).splitlines()[1]
    assert re.match(
        r"Le premier texte : \*\*[\d,]+ fois plus d’énergie\*\* que le second \(de [\d,]+ à [\d,]+ fois, selon", first
    )
    assert names(call)[1:] == ["Premier texte", "Second texte"]
    assert "les jetons lus n’entrent pas" in said(call)
    assert "Second texte" in attached(call)
    assert "photosynthèse" not in str(call.message)


async def test_two_ways_of_asking_in_english_and_turned_round(house: House, compare: Any) -> None:
    values = {
        "text": "What is photosynthesis?",
        "second_text": "Write a full course on photosynthesis, with exercises.",
    }
    call = await compare("noah", "English Club/general", models="o3-mini", **values)
    assert "o3-mini" in title(call)
    assert re.search(
        r"The second text takes \*\*[\d.]+ times as much energy\*\* as the first \([\d.]+ to [\d.]+ times, by",
        said(call),
    )


async def test_the_same_text_twice_is_the_same(compare: Any) -> None:
    call = await compare(text=SHORT, second_text=SHORT)
    assert "À peu près autant d’énergie" in said(call)
    assert "l’ordre peut s’inverser" in said(call)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"models": "gpt-4o, o1", "second_text": SHORT}, "un seul modèle"),
        ({"models": "gpt-99", "second_text": SHORT}, "Modèle inconnu"),
        ({"second_text": " \u3000 "}, "pas de texte"),
    ],
)
async def test_two_texts_that_cannot_be_compared(compare: Any, values: dict[str, str], sentence: str) -> None:
    call = await compare(**values)
    assert call.ephemeral
    assert sentence in call.message["content"]
