"""Real answers of AI bots, measured: the whole bot, from the admin's command to the totals."""

import asyncio

import pytest
from annotated import until
from answering import (
    MODEL,
    QUESTION,
    SECRET,
    answers,
    ask,
    edit,
    listening,
    mention,
    post,
    rows,
    sums,
    text_of,
)
from counted import guild_of, ids
from house import House

from bot.cli.totals import as_json
from bot.ledger.queries.ai_bots import load_pending
from bot.ledger.records import ANSWER

pytestmark = pytest.mark.usefixtures("answers_soon")


async def test_three_questions_of_which_one_is_answered_in_412_tokens(house: House) -> None:
    await listening(house)
    for n in range(2):
        await house.sandbox.post_message("ines", "général", f"{n}: {QUESTION}")
    question = await ask(house)
    post(house, {"content": text_of(house, 412)}, question)
    found = await answers(house, 1)
    assert (found.messages, found.members) == (3, 2)
    answer = (await rows(house))[-1]
    assert (answer.kind, answer.answer_expected, answer.author_id) == (
        ANSWER,
        412.0,
        house.sandbox.world.user("leo").id,
    )
    told = as_json(found)
    assert (told["messages"], told["ai_answers"]["messages"], told["ai_answers"]["answer_tokens"]) == (3, 1, 412)
    assert told["ai_answers"]["energy_wh"]["expected"] == pytest.approx(answer.energy_expected)
    predicted = house.bot.estimates.estimator.lengths.predict(mention(house).replace(mention(house), QUESTION), MODEL)
    assert told["prediction"]["pairs"] == 1
    assert told["prediction"]["median_ratio"] == pytest.approx(predicted.expected / 412, rel=0.3)
    assert await ids(house.bot.ledger) == {one.message_id for one in await rows(house)}
    assert int(question["id"]) not in await ids(house.bot.ledger)


@pytest.mark.parametrize("way", ["stream", "write_on", "fill_embed"])
async def test_each_way_of_answering_is_measured_once(house: House, way: str) -> None:
    await listening(house)
    question = await ask(house)
    bot, estimator = house.sandbox.ai_bot, house.bot.estimates.estimator
    messages = await getattr(bot, way)(question, [f"{SECRET} one.", "Two two.", "Three three three."])
    found = await answers(house, 1)
    whole = "…\nTwo two.\n…\nThree three three."
    shown = {
        "stream": [f"{SECRET} one. Two two. Three three three."],
        "write_on": [f"{SECRET} one.", "Two two.", "Three three three."],
        "fill_embed": [f"{SECRET} one.\n{whole}"],
    }[way]
    assert found.ai_answers.answer_tokens == sum(estimator.count(one, estimator.models.default) for one in shown)
    assert (found.messages, found.ai_answers.messages) == (1, 1)
    (answer,) = await rows(house)
    assert answer.message_id == messages[0].id
    edit(house, messages[0], {"content": "much " * 100, "embeds": []})
    await asyncio.sleep(1.2)
    assert await sums(house) == found


async def test_whoever_mentions_the_bot_of_the_sandbox_is_answered(house: House) -> None:
    await listening(house)
    for n in range(3):
        await house.sandbox.post_message("leo", "général", mention(house, f"{n}: {QUESTION}"))
        await answers(house, n + 1)
    found = await sums(house)
    assert (found.messages, found.ai_answers.messages, found.prediction.pairs) == (3, 3, 3)


async def test_thinking_and_what_is_excluded_are_no_answers(house: House) -> None:
    await listening(house, exclude="Erreur*")
    question = await ask(house)
    post(
        house, {"embeds": [{"title": "Erreur 429", "description": "Trop de demandes, réessayez plus tard."}]}, question
    )
    waiting = post(house, {"content": "Thinking…"}, question)
    await asyncio.sleep(1.2)
    assert (await sums(house)).ai_answers.messages == 0
    edit(house, waiting, {"content": f"Voici {SECRET}."})
    found = await answers(house, 1)
    assert (found.messages, found.ai_answers.messages) == (1, 1)


async def test_one_deleted_while_it_streams_leaves_the_question_predicted(house: House) -> None:
    await listening(house)
    question = await ask(house)
    answer = post(house, {"content": "Voici le début"}, question)
    await until(lambda: house.bot.counting.ai_answers._answers.gathering.pending)
    house.sandbox.services.messages.delete(answer)
    await until(lambda: not house.bot.counting.ai_answers._answers.gathering.pending)
    found = await sums(house)
    assert (found.messages, found.ai_answers.messages) == (1, 0)
    assert await load_pending(house.bot.ledger.engine, guild_of(house.sandbox)) == []


async def test_an_empty_answer_and_a_foreign_bots_are_none(house: House) -> None:
    await listening(house)
    question = await ask(house)
    post(house, {"content": ""}, question)
    other = house.sandbox.world.add_user("other", "Autre")
    other.bot = True
    house.sandbox.world.add_member("Atelier IA", other)
    await house.sandbox.post(other, "Atelier IA/général", {"content": "Je ne suis dans aucune liste"})
    await asyncio.sleep(1.0)
    assert (await sums(house)).ai_answers.messages == 0


async def test_a_webhook_of_the_bots_application_speaks_for_it_and_pluralkits_does_not(house: House) -> None:
    await listening(house)
    bot = house.sandbox.ai_bot.user
    hook = {
        "id": "77",
        "username": "Persona",
        "bot": True,
        "discriminator": "0000",
        "global_name": None,
        "avatar": None,
    }
    post(house, {"content": "Je parle par webhook"}, author=hook, webhook_id="77", application_id=str(bot.id))
    await answers(house, 1)
    await house.sandbox.proxy("ines", "général", "Je suis une personne", "Alter")
    await asyncio.sleep(1.0)
    assert (await sums(house)).ai_answers.messages == 1


async def test_an_answer_to_a_command_is_its_users(house: House) -> None:
    await listening(house)
    leo = house.sandbox.world.user("leo")
    about = {"id": "5", "type": 2, "user": {"id": str(leo.id), "username": "leo"}}
    mine = str(house.sandbox.ai_bot.user.id)
    more = {"type": 20, "interaction_metadata": about, "webhook_id": mine, "application_id": mine}
    post(house, {"content": "Voici la réponse"}, None, **more)
    await answers(house, 1)
    (answer,) = await rows(house)
    assert (answer.author_id, answer.prompt_tokens) == (leo.id, 0)
