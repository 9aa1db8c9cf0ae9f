"""What tests of counting share: turning it on, waiting for catch-up, looking at what was recorded."""

import asyncio
from datetime import UTC, datetime

from house import House
from sqlalchemy import select

from bot.ledger.ledger import Ledger
from bot.ledger.periods import ALL, period
from bot.ledger.queries.totals import totals
from bot.ledger.records import SILENT, WHOLE_SERVER, ChannelMode
from bot.ledger.schema import entries
from sandbox import Sandbox

GENERAL, THREAD = "Atelier IA/général", "Atelier IA/Réponses courtes ou longues ?"


def guild_of(sandbox: Sandbox) -> int:
    found = sandbox.world.channel(GENERAL).guild_id
    assert found is not None
    return found


async def count_in(house: House, channel: str | None = None, mode: str = SILENT) -> None:
    """Turn counting on, as `/annotate` does."""
    place = house.sandbox.world.channel(channel).id if channel else WHOLE_SERVER
    guild_id, since = guild_of(house.sandbox), house.sandbox.world.ids.next()
    ledger = house.bot.ledger
    await ledger.preferences.set_server(ledger.writer, guild_id, first_locale="fr")
    await ledger.preferences.set_channel(ledger.writer, ChannelMode(guild_id, place, mode, since, datetime.now(UTC)))


async def caught_up(house: House, rounds: int = 1) -> None:
    """Wait until catch-up has gone through."""
    async with asyncio.timeout(60):
        while house.bot.counting.backfill.rounds[guild_of(house.sandbox)] < rounds or house.bot.ledger.writer.held:
            await asyncio.sleep(0.02)
    await house.bot.ledger.writer.flush()


async def went_through(house: House, rounds: int) -> None:
    """Wait for so many rounds of catch-up, whatever came of them."""
    async with asyncio.timeout(60):
        while house.bot.counting.backfill.rounds[guild_of(house.sandbox)] < rounds:
            await asyncio.sleep(0.02)


async def ids(ledger: Ledger) -> set[int]:
    await ledger.writer.flush()
    async with ledger.engine.connect() as connection:
        return set(await connection.scalars(select(entries.c.message_id)))


async def messages_of(house: House) -> int:
    await house.bot.ledger.writer.flush()
    everything = period(ALL, datetime.now(UTC).date())
    return (await totals(house.bot.ledger.engine, guild_of(house.sandbox), everything)).messages


async def settle(house: House) -> None:
    """Let the gateway deliver what was said."""
    await asyncio.sleep(0.1)
    await house.bot.ledger.writer.flush()
