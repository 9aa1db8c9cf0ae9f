"""How the command line reads a ledger, beside a bot that may be writing to it."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeVar

from bot.cli.context import Context
from bot.counting.effective_settings import timezone_in_force
from bot.ledger import migrate
from bot.ledger.engine import open_read_only
from bot.ledger.queries.settings import load_servers
from bot.ledger.records import ServerSettings
from bot.ledger.replica import Replica
from bot.usecases.boards import BoardRequest
from bot.usecases.ledger_reader import LedgerReader

T = TypeVar("T")
Read = Callable[[LedgerReader, BoardRequest], Awaitable[T]]


def read(context: Context, guild_id: int, period: str, reading: Read[T]) -> T:
    """Return what `reading` finds, with the server's own timezone.

    A server that nothing is known of is empty. Raises `UserError` when there is no database, when it is of another
    version than the program, and when it can't be read.
    """
    return asyncio.run(_read(context, guild_id, period, reading))


async def _read(context: Context, guild_id: int, period: str, reading: Read[T]) -> T:
    engine, replica = open_read_only(context.settings.database), None
    if context.settings.database_read_url:
        replica = Replica(open_read_only(context.settings.database_read_url), engine)
    reader = LedgerReader(engine, replica)
    try:
        await migrate.require_current(engine)
        timezone = timezone_in_force(await _settings(reader, guild_id), context.t.timezone_of).value
        return await reading(reader, BoardRequest(guild_id, timezone, period, datetime.now(UTC)))
    finally:
        await engine.dispose()
        if replica is not None:
            await replica.engine.dispose()


async def _settings(reader: LedgerReader, guild_id: int) -> ServerSettings:
    known = await reader.read(load_servers)
    return next((one for one in known if one.guild_id == guild_id), ServerSettings(guild_id))
