"""Who else uses a PostgreSQL database: every session of this program carries its name, and processes hold leases."""

from secrets import token_hex

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.errors import UserError
from bot.ledger.coordination.server_time import now
from bot.ledger.engine import SESSION_NAME, shown
from bot.ledger.schema import processes

_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND starts_with(application_name, :name) AND application_name <> current_setting('application_name')"
)


def own_name() -> str:
    """Return a name for sessions of one command, that tells them from everybody else's."""
    return f"{SESSION_NAME} {token_hex(4)}"


async def require_unused(engine: AsyncEngine) -> None:
    """Raise `UserError` where a bot, or another command, uses the database that the engine's own sessions are of.

    Of SQLite the lock beside its file says it.
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
