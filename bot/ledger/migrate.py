"""Brings the database to the program's version (Alembic). Runs by itself at start.

Migrations add first and remove later, so that processes of the version before go on beside it. One that removes what
they need names the oldest revision that a process must know (`oldest_beside`), and waits until no other is alive.
"""

import asyncio
import logging
from collections.abc import Sequence
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from alembic.script.revision import ResolutionError
from alembic.util.exc import CommandError
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import UserError
from bot.ledger.coordination.older_processes import count_older
from bot.ledger.engine import for_writing, shown, unusable
from bot.ledger.write.backoff import is_contention

log = logging.getLogger(__name__)

TRIES = 5
"""Times that migrations are run, while processes that use the same tables are in the way."""

LOCK = 7310_0003
"""The number of PostgreSQL's advisory lock: of several processes that start at once, one runs the migrations."""

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
    if any(_oldest_beside(one) is None for one in _missing(found)):
        raise UserError("error.database_older", revision=found, head=head())


async def upgrade(engine: AsyncEngine, revision: str = "head") -> None:
    """Run the migrations that are missing, in one transaction; those that must wait for older processes, later.

    Raises `UserError` when the database can't be opened or is newer than the program.
    """
    for tries in range(1, TRIES + 1):
        try:
            async with for_writing(engine).begin() as connection:
                await connection.run_sync(_upgrade, revision)
            return
        except (SQLAlchemyError, OSError) as error:
            if tries == TRIES or not is_contention(error):
                raise unusable(engine.url, error) from error
        await asyncio.sleep(tries)


async def downgrade(engine: AsyncEngine, revision: str) -> None:
    """Undo migrations down to the revision ("base" for an empty database)."""
    async with for_writing(engine).begin() as connection:
        await connection.run_sync(lambda sync: command.downgrade(_config(sync), revision))


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _upgrade(connection: Connection, revision: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
    found = _revision(connection) or "base"
    _require_known(found)
    if revision == "head":
        for one in _missing(found):
            if (oldest := _oldest_beside(one)) is None:
                continue
            command.upgrade(_config(connection), str(one.down_revision))
            if older := count_older(connection, _known_since(oldest)):
                log.warning("revision %s waits: %d processes of an older version run; the next start looks again",
                            one.revision, older)  # fmt: skip
                return
    command.upgrade(_config(connection), revision)


def _missing(revision: str) -> Sequence[Script]:
    """Return the migrations after a revision, in their order."""
    return [*ScriptDirectory.from_config(_config()).iterate_revisions("head", revision)][::-1]


def _known_since(revision: str) -> Sequence[str]:
    """Return what a process may know as its newest revision that knows this one."""
    return [revision, *(one.revision for one in _missing(revision))]


def _oldest_beside(script: Script) -> str | None:
    """Return the oldest revision that processes beside this migration must know; None where any may run."""
    return getattr(script.module, "oldest_beside", None)


def _require_known(revision: str) -> None:
    try:
        ScriptDirectory.from_config(_config()).get_revision(revision)
    except (CommandError, ResolutionError) as error:
        raise UserError("error.database_newer", revision=revision) from error
