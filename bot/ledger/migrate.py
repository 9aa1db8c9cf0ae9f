"""Brings the database to the program's version (Alembic). Runs by itself at start."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.script.revision import ResolutionError
from alembic.util.exc import CommandError
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import UserError
from bot.ledger.engine import for_writing, unusable

MIGRATIONS = Path(__file__).parent / "migrations"


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def head() -> str:
    """Return the newest revision that this program knows."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


async def current(engine: AsyncEngine) -> str | None:
    """Return the database's revision, None for an empty one; `UserError` when it can't be opened."""
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(_revision)
    except (SQLAlchemyError, OSError) as error:
        raise unusable(str(engine.url), error) from error


async def upgrade(engine: AsyncEngine, revision: str = "head") -> None:
    """Run the migrations that are missing, in one transaction.

    Raises `UserError` when the database can't be opened or is newer than the program.
    """
    try:
        async with for_writing(engine).begin() as connection:
            await connection.run_sync(_upgrade, revision)
    except (SQLAlchemyError, OSError) as error:
        raise unusable(str(engine.url), error) from error


async def downgrade(engine: AsyncEngine, revision: str) -> None:
    """Undo migrations down to the revision ("base" for an empty database)."""
    async with for_writing(engine).begin() as connection:
        await connection.run_sync(lambda sync: command.downgrade(_config(sync), revision))


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _upgrade(connection: Connection, revision: str) -> None:
    known = _revision(connection)
    try:
        ScriptDirectory.from_config(_config()).get_revision(known or "base")
        command.upgrade(_config(connection), revision)
    except (CommandError, ResolutionError) as error:
        raise UserError("error.database_newer", revision=known) from error
