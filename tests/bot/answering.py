"""What tests of measured answers share: AI bots that answer as a test wants, and what was counted of it."""

import asyncio
from datetime import UTC, datetime
from typing import Any

from annotated import by_the_bot, flat, turn_on
from counted import count_in, guild_of
from house import House
from sqlalchemy import select

from bot.ledger.periods import ALL, period
from bot.ledger.queries.totals import totals
from bot.ledger.records import Entry, Totals
from bot.ledger.schema import entries
from sandbox.state.models import Json, Message

MODEL = "openai/gpt-4o"
SECRET = "zanzibarquintal"
QUESTION = "Explique-moi la photosynthèse avec une comparaison tirée de la cuisine, s'il te plaît."


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
