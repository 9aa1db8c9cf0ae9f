"""Who else uses a PostgreSQL database: every session of this program carries its name, and processes hold leases."""

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.errors import UserError
from bot.ledger.coordination.server_time import now
from bot.ledger.engine import SESSION_NAME, shown
from bot.ledger.schema import processes

COPYING = f"{SESSION_NAME} db copy"
"""What the sessions of a copy are called: they don't count, nor do those that a pooler keeps of one that was killed."""

_OTHERS = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = :name")


async def require_unused(engine: AsyncEngine) -> None:
    """Raise `UserError` where a bot, or another command, uses the database.

    The engine's own sessions must be called something else. Of SQLite the lock beside its file says it.
    """
    if engine.dialect.name != "postgresql":
        return
    async with engine.connect() as connection:
        if await connection.scalar(_OTHERS, {"name": SESSION_NAME}) or await _leases(connection):
            raise UserError("error.database_served", url=shown(engine.url))


async def _leases(connection: AsyncConnection) -> int:
    """Return how many processes are taken to be alive; those of a version before may not give sessions a name."""
    if await connection.scalar(select(func.to_regclass(processes.name))) is None:
        return 0
    return await connection.scalar(select(func.count()).where(processes.c.until_at > now())) or 0
