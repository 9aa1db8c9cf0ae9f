"""Real answers of AI bots, measured: the whole bot, from the admin's command to the totals."""

import asyncio
import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from annotated import by_the_bot, flat, turn_on, until
from counted import count_in, guild_of, ids
from house import House, StartBot
from sqlalchemy import select, text

from bot.cli.totals import as_json
from bot.counting.ai_answers import gathering, pending_answer, settling
from bot.counting.ai_answers.pending_answer import PendingAnswer
from bot.ledger.periods import ALL, period
from bot.ledger.queries.ai_bots import load_pending
from bot.ledger.queries.totals import totals
from bot.ledger.records import ANSWER, DIGEST, REACTION, REPLY, Entry, Totals
from bot.ledger.schema import entries, measured_answers
from sandbox.state.models import Json, Message

MODEL = "openai/gpt-4o"
SECRET = "zanzibarquintal"
QUESTION = "Explique-moi la photosynthèse avec une comparaison tirée de la cuisine, s'il te plaît."


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pending_answer, "QUIET", 0.6)
    monkeypatch.setattr(gathering, "QUIET", 0.6)
    monkeypatch.setattr(settling, "AFTER_HISTORY", 0.3)


async def add(house: House, model: str = MODEL, user: str = "camille", **more: Any) -> str:
    options = {"bot": str(house.sandbox.ai_bot.user.id), "model": model, **more}
    call = await house.sandbox.command(user, "général", "settings ai-bot add", options, force=True)
    assert call.message
    return flat(call.message["content"])


async def listening(house: House, mode: str | None = None, **more: Any) -> None:
    house.sandbox.ai_bot.pause = 0.05
    if mode is None:
        await count_in(house)
    else:
        await turn_on(house, mode)
    await add(house, **more)


def mention(house: House, question: str = QUESTION) -> str:
    return f"<@{house.sandbox.ai_bot.user.id}> {question}"


async def ask(house: House, question: str = QUESTION, user: str = "leo", **more: Any) -> Json:
    """Ask without the AI bot's hearing of it: what it does is up to the test."""
    bot = house.sandbox.ai_bot
    bot._is_asked = lambda _: False  # pyright: ignore[reportAttributeAccessIssue]
    return await house.sandbox.post_message(user, "général", mention(house, question), **more)


def post(house: House, body: Json, reply_to: Json | None = None, **extra: Any) -> Message:
    channel = house.sandbox.world.channel("Atelier IA/général")
    asked = channel.history.get(int(reply_to["id"])) if reply_to else None
    bot = house.sandbox.ai_bot.user
    return house.sandbox.services.messages.post(bot, channel, body, reply_to=asked, extra=extra or None)


def edit(house: House, message: Message, body: Json) -> None:
    house.sandbox.services.messages.edit(message, body)


def said(house: House) -> list[Json]:
    """What the bot said of its own accord."""
    return [one for one in by_the_bot(house) if one["type"] != 20]


async def sums(house: House) -> Totals:
    await house.bot.ledger.writer.flush()
    everything = period(ALL, datetime.now(UTC).date())
    return await totals(house.bot.ledger.engine, guild_of(house.sandbox), everything)


async def answers(house: House, number: int, seconds: float = 10.0) -> Totals:
    """Wait until so many answers were measured."""
    async with asyncio.timeout(seconds):
        while (found := await sums(house)).ai_answers.messages < number:
            await asyncio.sleep(0.05)
    return found


async def rows(house: House) -> list[Entry]:
    async with house.bot.ledger.engine.connect() as connection:
        return [Entry(*row) for row in await connection.execute(select(entries).order_by(entries.c.message_id))]


def text_of(house: House, tokens: int) -> str:
    """Make a text of so many tokens."""
    estimator = house.bot.estimates.estimator
    found = SECRET + " a" * (tokens - estimator.count(SECRET, estimator.models.default))
    assert estimator.count(found, estimator.models.default) == tokens
    return found


# The example


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


# The three ways in which the sandbox's AI bot answers


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


# People who want to be left out


async def test_an_author_who_opted_out_is_not_named(house: House) -> None:
    await listening(house)
    leo = house.sandbox.world.user("leo").id
    await house.bot.ledger.preferences.opt_out(house.bot.ledger.writer, leo, datetime.now(UTC))
    question = await ask(house)
    post(house, {"content": "Voici la réponse"}, question)
    found = await answers(house, 1)
    assert (found.messages, found.members) == (1, 0)
    async with house.bot.ledger.engine.connect() as connection:
        assert await connection.scalar(select(measured_answers.c.question_id)) is None


async def test_an_author_who_erased_everything_meanwhile(house: House) -> None:
    await listening(house)
    question = await ask(house)
    answer = post(house, {"content": "Voici le début"}, question)
    await house.bot.ledger.writer.flush()
    await house.bot.usecases.privacy.erase(house.sandbox.world.user("leo").id)
    edit(house, answer, {"content": "Voici le début et la fin"})
    found = await answers(house, 1)
    assert (found.messages, found.members) == (1, 0)
    assert [one.kind for one in await rows(house)] == [ANSWER]


# Restarts


async def test_an_answer_that_ends_while_we_are_away(house: House, start_bot: StartBot) -> None:
    """What it says in the end is counted, though nobody told of the last edits."""
    await listening(house)
    question = await ask(house)
    answer = post(house, {"content": "Voici le début"}, question)
    await until(lambda: house.bot.counting.ai_answers._answers.gathering.pending)
    await house.bot.close()
    edit(house, answer, {"content": text_of(house, 50)})
    house.bot = await start_bot()
    found = await answers(house, 1)
    assert (found.messages, found.ai_answers.messages, found.ai_answers.answer_tokens) == (1, 1, 50)


async def test_one_deleted_while_we_are_away(house: House, start_bot: StartBot) -> None:
    await listening(house)
    question = await ask(house)
    answer = post(house, {"content": "Voici le début"}, question)
    await until(lambda: house.bot.counting.ai_answers._answers.gathering.pending)
    await house.bot.close()
    house.sandbox.services.messages.delete(answer)
    house.bot = await start_bot()
    await asyncio.sleep(1.5)
    found = await sums(house)
    assert (found.messages, found.ai_answers.messages) == (1, 0)
    assert await load_pending(house.bot.ledger.engine, guild_of(house.sandbox)) == []


async def test_answers_written_while_we_are_away_are_read(house: House, start_bot: StartBot) -> None:
    await listening(house)
    await house.sandbox.post_message("ines", "général", QUESTION)
    await house.bot.ledger.writer.flush()
    await house.bot.close()
    question = await ask(house)
    post(house, {"content": text_of(house, 30)}, question)
    post(house, {"content": text_of(house, 20)})
    await house.sandbox.post_message("ines", "général", QUESTION)
    house.bot = await start_bot()
    found = await answers(house, 1)
    assert (found.messages, found.ai_answers.messages, found.ai_answers.answer_tokens) == (3, 1, 50)
    await house.sandbox.gateway.replay(last=20)
    await asyncio.sleep(1.5)
    assert await sums(house) == found
    house.bot = await start_bot()  # reads the last minute again
    await asyncio.sleep(1.5)
    assert await sums(house) == found


async def test_replayed_events_change_nothing(house: House) -> None:
    await listening(house)
    question = await ask(house)
    await house.sandbox.ai_bot.write_on(question)
    found = await answers(house, 1)
    await house.sandbox.gateway.replay(last=50)
    await asyncio.sleep(1.2)
    assert await sums(house) == found


# What is said of it


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


# What admins choose


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


# No text


async def test_no_text_is_kept(house: House, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    await listening(house)
    question = await ask(house, f"{SECRET} {QUESTION}")
    await house.sandbox.ai_bot.stream(question, [SECRET, SECRET])
    await answers(house, 1)
    await house.sandbox.ai_bot.fill_embed(question, [SECRET, SECRET])
    await answers(house, 2)
    waiting = post(house, {"content": f"{SECRET} en cours"}, question)
    await until(lambda: house.bot.counting.ai_answers._answers.gathering.pending)
    await house.bot.ledger.writer.flush()
    assert waiting
    assert not [record for record in caplog.records if record.name.startswith("bot") and SECRET in record.getMessage()]
    async with house.bot.ledger.engine.connect() as connection:
        tables = list(await connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")))
        for name in tables:
            assert SECRET not in str((await connection.execute(text(f"SELECT * FROM {name}"))).all()), name
    for path in tmp_path.iterdir():
        assert SECRET.encode() not in path.read_bytes(), path
    kept = [one for one in PendingAnswer.__dataclass_fields__ if "text" in one]
    assert kept == []
