"""What stands in the bot's database: written before the start, read while it runs and in the end."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import create_async_engine

from benchmarks.soak.world import World
from bot.ledger.ledger import open_ledger
from bot.ledger.records import DIGEST, OFF, REACTION, REPLY, SILENT, WHOLE_SERVER, ChannelMode
from bot.ledger.schema import daily, entries, gaps

MODES = (SILENT, REACTION, REPLY, DIGEST)


@dataclass(frozen=True, slots=True)
class NotedGap:
    """A stretch of a channel's history that the bot says it couldn't read."""

    channel_id: int
    after_id: int
    before_id: int


@dataclass(frozen=True, slots=True)
class Recorded:
    """All entries, the messages in the daily totals, and the gaps."""

    ids: frozenset[int]
    summed: int
    gaps: tuple[NotedGap, ...]


def url(folder: Path) -> str:
    """Return the database of a run."""
    return f"sqlite+aiosqlite:///{folder}/e.db"


async def prepare(world: World, database: str) -> None:
    """Turn counting on in every channel, in all modes in turn, but for those that are left out."""
    async with open_ledger(database) as ledger:
        rows = [(channel, MODES[at % len(MODES)]) for at, channel in enumerate(world.channels)]
        for channel, mode in [*rows, *((channel, OFF) for channel in world.off)]:
            assert channel.guild_id is not None
            row = ChannelMode(channel.guild_id, channel.id, mode, world.sandbox.world.ids.next(), datetime.now(UTC))
            await ledger.preferences.set_channel(ledger.writer, row)
        for guild in (*world.big, *world.small):
            whole = ChannelMode(guild.id, WHOLE_SERVER, SILENT, world.sandbox.world.ids.next(), datetime.now(UTC))
            await ledger.preferences.set_channel(ledger.writer, whole)
            await ledger.preferences.set_server(ledger.writer, guild.id, first_locale="fr")


async def read(database: str) -> Recorded:
    """Read the database beside the bot, or after it."""
    engine = create_async_engine(database)
    try:
        async with engine.connect() as connection:
            ids = await connection.scalars(select(entries.c.message_id))
            summed = await connection.scalar(select(func.sum(daily.c.messages)))
            rows = await connection.execute(select(gaps.c.channel_id, gaps.c.after_id, gaps.c.before_id))
            return Recorded(frozenset(ids), int(summed or 0), tuple(NotedGap(*row) for row in rows))
    finally:
        await engine.dispose()


async def holds_all(database: str, wanted: Collection[int]) -> bool:
    """Tell whether all of these are recorded."""
    return (await read(database)).ids >= set(wanted)
