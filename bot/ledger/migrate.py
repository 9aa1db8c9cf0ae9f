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
from bot.ledger.engine import for_writing, shown, unusable

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
        raise unusable(engine.url, error) from error


async def known_revision(engine: AsyncEngine) -> str | None:
    """Return the database's revision, None for an empty one; `UserError` when it is newer than the program."""
    found = await current(engine)
    _require_known(found or "base")
    return found


async def require_current(engine: AsyncEngine) -> None:
    """Raise `UserError` where there is no ledger yet, or one that is older or newer than the program."""
    found = await known_revision(engine)
    if found is None:
        raise UserError("error.database_missing", url=shown(engine.url))
    if found != head():
        raise UserError("error.database_older", revision=found, head=head())


async def upgrade(engine: AsyncEngine, revision: str = "head") -> None:
    """Run the migrations that are missing, in one transaction.

    Raises `UserError` when the database can't be opened or is newer than the program.
    """
    try:
        async with for_writing(engine).begin() as connection:
            await connection.run_sync(_upgrade, revision)
    except (SQLAlchemyError, OSError) as error:
        raise unusable(engine.url, error) from error


async def downgrade(engine: AsyncEngine, revision: str) -> None:
    """Undo migrations down to the revision ("base" for an empty database)."""
    async with for_writing(engine).begin() as connection:
        await connection.run_sync(lambda sync: command.downgrade(_config(sync), revision))


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _upgrade(connection: Connection, revision: str) -> None:
    _require_known(_revision(connection) or "base")
    command.upgrade(_config(connection), revision)


def _require_known(revision: str) -> None:
    try:
        ScriptDirectory.from_config(_config()).get_revision(revision)
    except (CommandError, ResolutionError) as error:
        raise UserError("error.database_newer", revision=revision) from error
