"""The list of AI bots, as admins choose it."""

import asyncio

import pytest
from annotated import flat
from answering import (
    MODEL,
    QUESTION,
    add,
    answers,
    ask,
    listening,
    post,
    sums,
    text_of,
)
from counted import count_in
from house import House, StartBot

pytestmark = pytest.mark.usefixtures("answers_soon")


async def test_the_command_says_what_happens_and_the_page_lists_it(house: House) -> None:
    await count_in(house)
    told = await add(house, "openai/o3-mini", effort="high", exclude="Erreur*")
    assert f"<@{house.sandbox.ai_bot.user.id}>" in told
    assert "raisonnement caché" in told
    assert "images et les fichiers ne sont pas estimés" in told
    page = await house.sandbox.command("camille", "général", "settings show", force=True)
    assert page.message
    (field,) = [one for one in page.message["embeds"][0]["fields"] if "Bots d’IA" in one["name"]]
    assert "o3" in field["value"]
    assert "Erreur" in field["value"]
    options = {"bot": str(house.sandbox.ai_bot.user.id)}
    gone = await house.sandbox.command("camille", "général", "settings ai-bot remove", options, force=True)
    assert gone.message
    assert "ne sont plus mesurées" in gone.message["content"]
    again = await house.sandbox.command("camille", "général", "settings ai-bot remove", options, force=True)
    assert again.message
    assert "n’est pas dans la liste" in again.message["content"]
    question = await ask(house)
    post(house, {"content": "Voici la réponse"}, question)
    await asyncio.sleep(1.2)
    assert (await sums(house)).ai_answers.messages == 0


async def test_who_may_not_and_what_can_not_be_listed(house: House) -> None:
    await count_in(house)
    assert "Gérer le serveur" in await add(house, user="leo")
    for wanted, sentence in (
        (house.sandbox.world.user("leo"), "C’est une personne"),
        (house.sandbox.world.bot, "C’est moi"),
    ):
        call = await house.sandbox.command(
            "camille", "général", "settings ai-bot add", {"bot": str(wanted.id), "model": MODEL}, force=True
        )
        assert call.message
        assert sentence in call.message["content"]
    assert "gpt-4" in await add(house, "gpt-4ooo")
    assert await add(house, MODEL, effort="high")
    assert house.bot.ledger.preferences.ai_bots.everywhere() == []


async def test_without_the_intent_nothing_is_measured_and_that_is_said(start_bot: StartBot, house: House) -> None:
    house.bot = await start_bot(message_content=False)
    await count_in(house)
    assert "rien n’est mesuré" in await add(house)
    page = await house.sandbox.command("camille", "général", "settings show", force=True)
    assert page.message
    (field,) = [one for one in page.message["embeds"][0]["fields"] if "Bots d’IA" in one["name"]]
    assert "rien n’est mesuré" in field["value"]


async def test_totals_say_how_much_was_measured(house: House) -> None:
    await listening(house)
    for n in range(10):
        question = await ask(house, f"{n}: {QUESTION}")
        post(house, {"content": text_of(house, 100 + n)}, question)
        await answers(house, n + 1)
    call = await house.sandbox.command("leo", "général", "totals", {"period": "all"}, force=True)
    assert call.message
    shown = flat(str(call.message["components"]) + call.message["content"] + str(call.message["embeds"]))
    assert "dont 10 réponses d’IA mesurées" in shown
