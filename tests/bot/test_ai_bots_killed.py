"""Answers of AI bots are measured exactly, though the bot is killed while they stream."""

import asyncio
import random
import signal
from datetime import UTC, datetime
from pathlib import Path

from test_totals_stay_exact import start

from bot.estimation.estimator import Estimator
from bot.ledger.ledger import open_ledger
from bot.ledger.periods import ALL, period
from bot.ledger.queries.ai_bots import load_pending
from bot.ledger.queries.totals import totals
from bot.ledger.records import SILENT, WHOLE_SERVER, AiBot, ChannelMode, Totals
from sandbox import Sandbox
from sandbox.state.models import Message

KILLS, QUESTIONS, PLAIN = 5, 18, 12
SECRET = "zanzibarquintal"
PLACES = ("Atelier IA/général", "Atelier IA/prompts", "Atelier IA/prof")


async def prepared(sandbox: Sandbox, database: str) -> int:
    """Turn counting on, and list the AI bot; return the server."""
    guild_id = sandbox.world.channel(PLACES[0]).guild_id
    assert guild_id is not None
    since = sandbox.world.ids.next()
    async with open_ledger(database) as ledger:
        mode = ChannelMode(guild_id, WHOLE_SERVER, SILENT, since, datetime.now(UTC))
        await ledger.preferences.set_channel(ledger.writer, mode)
        await ledger.preferences.set_server(ledger.writer, guild_id, first_locale="fr")
        bot = AiBot(guild_id, sandbox.ai_bot.user.id, "openai/gpt-4o", None, None, since)
        await ledger.preferences.ai_bots.add(ledger.writer, bot)
    return guild_id


async def talk(sandbox: Sandbox, chance: random.Random) -> list[Message]:
    """Ask, and be answered; return all messages of the answers."""
    bot, answering = sandbox.ai_bot, []
    bot._is_asked = lambda _: False  # pyright: ignore[reportAttributeAccessIssue]
    ways = (bot.stream, bot.write_on, bot.fill_embed)
    for n in range(QUESTIONS):
        place = PLACES[n % len(PLACES)]
        question = await sandbox.post_message("leo", place, f"<@{bot.user.id}> {SECRET} {n} ?")
        if n % 3 == 0:
            for _ in range(PLAIN * 3 // QUESTIONS):
                await sandbox.post_message("ines", place, f"Explique {SECRET}, s'il te plaît")
        texts = [f"{SECRET} {n} " * chance.randint(2, 30) for _ in range(3)]
        answering.append(asyncio.create_task(ways[n // len(PLACES) % 3](question, texts)))
        await asyncio.sleep(chance.uniform(0.5, 1.5))
    return [message for done in answering for message in await done]


def tokens(messages: list[Message], estimator: Estimator) -> int:
    """Return how long the answers are that stand in the end."""
    model, found = estimator.models.find("openai/gpt-4o"), 0
    for message in messages:
        parts = [message.data["content"]]
        for embed in message.data["embeds"]:
            fields = [text.strip() for field in embed.get("fields", []) for text in (field["name"], field["value"])]
            parts.append("\n".join([embed["description"].strip(), *fields]))
        found += sum(estimator.count(part.strip(), model) for part in parts if part.strip())
    return found


async def recorded(database: str, guild_id: int) -> tuple[Totals, int]:
    async with open_ledger(database) as ledger:
        found = await totals(ledger.engine, guild_id, period(ALL, datetime.now(UTC).date()))
        return found, len(await load_pending(ledger.engine, guild_id))


async def test_killed_while_answers_stream(sandbox: Sandbox, estimator: Estimator, tmp_path: Path) -> None:
    sandbox.limits.global_limit, sandbox.ai_bot.pause = None, 0.5
    database, log, chance = f"sqlite+aiosqlite:///{tmp_path}/e.db", tmp_path / "log", random.Random(20261127)
    guild_id = await prepared(sandbox, database)
    talking = asyncio.create_task(talk(sandbox, chance))
    for _ in range(KILLS):
        process = await start(sandbox, database, log)
        await sandbox.wait_for_bot(timeout=60)
        await asyncio.sleep(chance.uniform(0.5, 4.0))
        process.kill()
        await process.wait()
        await sandbox.gateway.wait_gone(10)
    process = await start(sandbox, database, log)
    await sandbox.wait_for_bot(timeout=60)
    messages = await talking
    await sandbox.gateway.replay(last=200)
    for _ in range(120):
        await asyncio.sleep(0.5)
        found, pending = await recorded(database, guild_id)
        if found.ai_answers.messages >= QUESTIONS and not pending:
            break
    process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), 20) == 0
    found, pending = await recorded(database, guild_id)
    assert (found.ai_answers.messages, found.messages, pending) == (QUESTIONS, QUESTIONS + PLAIN, 0)
    assert found.ai_answers.answer_tokens == tokens(messages, estimator)
    assert found.members == 2
    for path in tmp_path.iterdir():
        assert SECRET.encode() not in path.read_bytes(), path
