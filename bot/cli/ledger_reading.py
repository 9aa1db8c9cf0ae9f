"""How the command line reads a ledger, beside a bot that may be writing to it."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger import migrate
from bot.ledger.engine import open_read_only
from bot.ledger.queries.settings import load_servers
from bot.ledger.records import ServerSettings
from bot.usecases.boards import BoardRequest, in_time

T = TypeVar("T")
Read = Callable[[AsyncEngine, BoardRequest], Awaitable[T]]


def read(database: str, guild_id: int, period: str, reading: Read[T]) -> T:
    """Return what `reading` finds, with the server's own timezone.

    A server that nothing is known of is empty. Raises `UserError` when there is no database, when it is of another
    version than the program, and when it can't be read.
    """
    return asyncio.run(_read(database, guild_id, period, reading))


async def _read(database: str, guild_id: int, period: str, reading: Read[T]) -> T:
    engine = open_read_only(database)
    try:
        await migrate.require_current(engine)
        return await reading(engine, BoardRequest(await _settings(engine, guild_id), period, datetime.now(UTC)))
    finally:
        await engine.dispose()


async def _settings(engine: AsyncEngine, guild_id: int) -> ServerSettings:
    known = await in_time(load_servers(engine))
    return next((one for one in known if one.guild_id == guild_id), ServerSettings(guild_id))
