"""What admins chose: for the server, and where messages are counted."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from sqlalchemy import Select, Table, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger.records import ChannelMode, ServerSettings, StoredNotice
from bot.ledger.schema import channels, notices, servers

SETTINGS = tuple(field.name for field in fields(ServerSettings))
NOTICE = tuple(field.name for field in fields(StoredNotice))
CHANNEL = tuple(field.name for field in fields(ChannelMode))


async def load_servers(engine: AsyncEngine, guild_id: int | None = None) -> list[ServerSettings]:
    """Return the settings of every server that has some, or this server's."""
    async with engine.connect() as connection:
        rows = await connection.execute(_rows(servers, SETTINGS, guild_id))
        return [ServerSettings(*row) for row in rows]


async def load_channels(engine: AsyncEngine, guild_id: int | None = None) -> list[ChannelMode]:
    """Return every choice about a channel, or this server's."""
    async with engine.connect() as connection:
        rows = await connection.execute(_rows(channels, CHANNEL, guild_id))
        return [ChannelMode(*row) for row in rows]


async def load_notices(engine: AsyncEngine, guild_id: int | None = None) -> list[StoredNotice]:
    """Return every notice that still holds, or this server's."""
    async with engine.connect() as connection:
        rows = await connection.execute(_rows(notices, NOTICE, guild_id))
        return [StoredNotice(*row) for row in rows]


def _rows(table: Table, columns: Iterable[str], guild_id: int | None) -> Select[Any]:
    query = select(*(table.c[name] for name in columns))
    return query if guild_id is None else query.where(table.c.guild_id == guild_id)
