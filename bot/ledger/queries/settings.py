"""What admins chose: for the server, and where messages are counted."""

from dataclasses import fields

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger.records import ChannelMode, ServerSettings, StoredNotice
from bot.ledger.schema import channels, notices, servers

SETTINGS = tuple(field.name for field in fields(ServerSettings))
NOTICE = tuple(field.name for field in fields(StoredNotice))
CHANNEL = tuple(field.name for field in fields(ChannelMode))


async def load_servers(engine: AsyncEngine) -> list[ServerSettings]:
    """Return the settings of every server that has some."""
    async with engine.connect() as connection:
        rows = await connection.execute(select(*(servers.c[name] for name in SETTINGS)))
        return [ServerSettings(*row) for row in rows]


async def load_channels(engine: AsyncEngine) -> list[ChannelMode]:
    """Return every choice about a channel."""
    async with engine.connect() as connection:
        rows = await connection.execute(select(*(channels.c[name] for name in CHANNEL)))
        return [ChannelMode(*row) for row in rows]


async def load_notices(engine: AsyncEngine) -> list[StoredNotice]:
    """Return every notice that still holds."""
    async with engine.connect() as connection:
        rows = await connection.execute(select(*(notices.c[name] for name in NOTICE)))
        return [StoredNotice(*row) for row in rows]
