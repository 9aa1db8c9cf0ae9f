"""How the command line reads a ledger, beside a bot that may be writing to it."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeVar

from bot.cli.context import Context
from bot.counting.effective_settings import timezone_in_force
from bot.ledger import migrate
from bot.ledger.engine import open_engine
from bot.ledger.queries.settings import load_servers
from bot.ledger.records import ServerSettings
from bot.usecases.boards import BoardRequest
from bot.usecases.ledger_reader import LedgerReader

T = TypeVar("T")
Read = Callable[[LedgerReader, BoardRequest], Awaitable[T]]


def read(context: Context, guild_id: int, period: str, reading: Read[T]) -> T:
    """Return what `reading` finds, with the server's own timezone.

    A server that nothing is known of is empty, and so is a new database. Raises `UserError` when the database
    can't be opened or read.
    """
    return asyncio.run(_read(context, guild_id, period, reading))


async def _read(context: Context, guild_id: int, period: str, reading: Read[T]) -> T:
    engine = open_engine(context.settings.database)
    reader = LedgerReader(engine)
    try:
        if await migrate.current(engine) != migrate.head():
            await migrate.upgrade(engine)
        timezone = timezone_in_force(await _settings(reader, guild_id), context.t.timezone_of).value
        return await reading(reader, BoardRequest(guild_id, timezone, period, datetime.now(UTC)))
    finally:
        await engine.dispose()


async def _settings(reader: LedgerReader, guild_id: int) -> ServerSettings:
    known = await reader.read(load_servers)
    return next((one for one in known if one.guild_id == guild_id), ServerSettings(guild_id))
