"""What is said in the channel of answers that were measured."""

import asyncio

import pytest
from annotated import flat, until
from answering import (
    MODEL,
    answers,
    ask,
    listening,
    post,
    said,
    text_of,
)
from house import House

from bot.ledger.records import DIGEST, REACTION, REPLY

pytestmark = pytest.mark.usefixtures("answers_soon")


async def test_an_answer_is_annotated_as_measured_and_its_question_is_not(house: House) -> None:
    await listening(house, REPLY)
    question = await ask(house)
    answer = post(house, {"content": text_of(house, 60)}, question)
    await until(lambda: said(house), 10)
    (line,) = said(house)
    assert flat(line["content"]).startswith("-# 🌱 Réponse de GPT-4o, mesurée : 60 jetons · ")
    assert line["message_reference"]["message_id"] == str(answer.id)
    await asyncio.sleep(0.5)
    assert len(said(house)) == 1


async def test_the_emoji_stands_under_the_last_message_of_the_answer(house: House) -> None:
    await listening(house, REACTION)
    question = await ask(house)
    messages = await house.sandbox.ai_bot.write_on(question)
    await until(lambda: messages[-1].reactions, 10)
    assert not messages[0].reactions
    channel = house.sandbox.world.channel("Atelier IA/général")
    asked = channel.history.get(int(question["id"]))
    assert asked is not None
    assert not asked.reactions


@pytest.mark.usefixtures("digests_soon")
async def test_a_digest_sums_answers(house: House) -> None:
    await listening(house, DIGEST)
    question = await ask(house)
    post(house, {"content": text_of(house, 60)}, question)
    await until(lambda: said(house), 10)
    assert "**1 message**" in flat(said(house)[0]["content"])


async def test_bots_that_answer_each_other_are_annotated_once_and_counted(house: House) -> None:
    await listening(house, REPLY)
    other = house.sandbox.world.add_user("other", "Autre")
    other.bot = True
    house.sandbox.world.add_member("Atelier IA", other)
    await house.sandbox.command(
        "camille", "général", "settings ai-bot add", {"bot": str(other.id), "model": MODEL}, force=True
    )
    channel, store = house.sandbox.world.channel("Atelier IA/général"), house.sandbox.services.messages
    last = post(house, {"content": text_of(house, 30)})
    for n in range(4):
        author = other if n % 2 == 0 else house.sandbox.ai_bot.user
        last = store.post(author, channel, {"content": text_of(house, 30 + n)}, reply_to=last)
        await answers(house, n + 1)
    found = await answers(house, 5)
    await asyncio.sleep(0.5)
    assert (found.messages, found.members) == (5, 0)
    assert len(said(house)) == 1
