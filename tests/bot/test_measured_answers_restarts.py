"""Measured answers over restarts: counted once, and as they stand in the end."""

import asyncio

import pytest
from annotated import until
from answering import (
    QUESTION,
    answers,
    ask,
    edit,
    listening,
    post,
    sums,
    text_of,
)
from counted import guild_of
from house import House, StartBot

from bot.counting.ai_answers import gathering, settling
from bot.counting.channel_history import ChannelHistory, Place
from bot.counting.clock import DiscordClock
from bot.ledger.queries.ai_bots import load_pending
from sandbox.state.models import Message

pytestmark = pytest.mark.usefixtures("answers_soon")


async def begun_and_left(house: House) -> Message:
    """Let an answer begin, and stop the bot."""
    await listening(house)
    question = await ask(house)
    answer = post(house, {"content": "Voici le début"}, question)
    await until(lambda: house.bot.counting.ai_answers._answers.gathering.pending)
    await house.bot.close()
    return answer


async def test_an_answer_that_ends_while_we_are_away(house: House, start_bot: StartBot) -> None:
    """What it says in the end is counted, though nobody told of the last edits."""
    answer = await begun_and_left(house)
    edit(house, answer, {"content": text_of(house, 50)})
    house.bot = await start_bot()
    found = await answers(house, 1)
    assert (found.messages, found.ai_answers.messages, found.ai_answers.answer_tokens) == (1, 1, 50)


async def test_one_deleted_while_we_are_away(house: House, start_bot: StartBot) -> None:
    answer = await begun_and_left(house)
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


@pytest.mark.parametrize("edited", [False, True])
async def test_a_last_part_that_comes_before_history_is_read(
    house: House, start_bot: StartBot, monkeypatch: pytest.MonkeyPatch, edited: bool
) -> None:
    """It belongs to the answer whose question and first parts are read only then."""
    monkeypatch.setattr(gathering, "QUIET", 60)  # the bot may take long to start
    await listening(house)
    await house.sandbox.post_message("ines", "général", QUESTION)
    await house.bot.ledger.writer.flush()
    await house.bot.close()
    question = await ask(house)
    post(house, {"content": text_of(house, 30)}, question)
    post(house, {"content": text_of(house, 20)})
    seen, read = asyncio.Event(), ChannelHistory.read

    async def read_later(history: ChannelHistory, place: Place, after: int) -> int:
        await seen.wait()
        return await read(history, place, after)

    monkeypatch.setattr(ChannelHistory, "read", read_later)
    starting = asyncio.ensure_future(start_bot())
    await house.sandbox.wait_for_bot(timeout=60)
    last = post(house, {"content": text_of(house, 10)})
    if edited:
        edit(house, last, {"content": text_of(house, 15)})
    later = asyncio.get_running_loop().call_later(1.5, seen.set)
    house.bot = await starting
    found = await answers(house, 1)
    await asyncio.sleep(1.5)
    later.cancel()
    assert await sums(house) == found
    tokens = 65 if edited else 60
    assert (found.messages, found.ai_answers.messages, found.ai_answers.answer_tokens) == (2, 1, tokens)


async def test_parts_that_come_late_are_waited_for(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a lost connection Discord sends at once what was missed: the first part alone seems to stand already."""
    await listening(house)
    question = await ask(house)
    monkeypatch.setattr(settling, "AFTER_HISTORY", 2.0)
    monkeypatch.setattr(DiscordClock, "seconds_since", lambda *_: 9.0)
    post(house, {"content": text_of(house, 30)}, question)
    await until(lambda: house.bot.counting.ai_answers._answers.gathering.pending)
    await asyncio.sleep(0.3)
    post(house, {"content": text_of(house, 20)})
    found = await answers(house, 1)
    assert (found.messages, found.ai_answers.messages, found.ai_answers.answer_tokens) == (1, 1, 50)
    await asyncio.sleep(0.5)
    assert await sums(house) == found


async def test_replayed_events_change_nothing(house: House) -> None:
    await listening(house)
    question = await ask(house)
    await house.sandbox.ai_bot.write_on(question)
    found = await answers(house, 1)
    await house.sandbox.gateway.replay(last=50)
    await asyncio.sleep(1.2)
    assert await sums(house) == found
