"""Opens the database: the engine, and for SQLite its folder and its manners."""

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from bot.errors import UserError
from bot.ledger.write.backoff import reason

BUSY_TIMEOUT_MS = 5000
CHECKPOINT_PAGES = 4000
"""Size of the write-ahead log, in pages of 4 KiB, at which it is folded in: often-changed pages are written once."""


def open_engine(database: str) -> AsyncEngine:
    """Return an engine for the URL; `UserError` when the URL or its driver can't be used."""
    try:
        url = make_url(database)
        if url.get_backend_name() == "sqlite":
            _try_file(url)
        engine = create_async_engine(url)
    except (ArgumentError, ImportError, OSError, sqlite3.Error) as error:
        raise unusable(database, error) from error
    if url.get_backend_name() == "sqlite":
        _teach_sqlite(engine.sync_engine)
    return engine


def for_writing(engine: AsyncEngine) -> AsyncEngine:
    """Return the engine with transactions that mean to write.

    In SQLite such a transaction takes the lock as it begins (`BEGIN IMMEDIATE`): one that reads first and writes
    later would fail at once, whatever the timeout, if another one wrote in between.
    """
    return engine.execution_options(writes=True)


def open_in_thread(engine: AsyncEngine) -> Engine | None:
    """Return a synchronous engine for writing to the same SQLite file; None where that isn't a file."""
    if engine.dialect.name != "sqlite" or engine.url.database in {None, "", ":memory:"}:
        return None
    twin = create_engine(engine.url.set(drivername="sqlite"), pool_size=1, max_overflow=0)
    _teach_sqlite(twin)
    return twin.execution_options(writes=True)


def shown(database: str) -> str:
    """Return the URL without its password."""
    try:
        return make_url(database).render_as_string(hide_password=True)
    except ArgumentError:
        return "?"


def unusable(database: str, error: Exception) -> UserError:
    """Return the error that tells a person what is wrong with the database, in one line."""
    return UserError("error.database", url=shown(database), reason=reason(error))


def _try_file(url: URL) -> None:
    """Make the file's folder and open it once: aiosqlite's thread would outlive a file that can't be opened."""
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        sqlite3.connect(url.database).close()


def _teach_sqlite(engine: Engine) -> None:
    event.listen(engine, "connect", _mind_sqlite)
    event.listen(engine, "begin", _begin)


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


def _mind_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """Readers never wait for the writer (WAL), and the writer waits for another one instead of failing.

    Python's sqlite3 is kept from beginning transactions by itself: it would not for a read or a new table.
    """
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()
