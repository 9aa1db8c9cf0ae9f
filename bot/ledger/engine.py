"""Opens the database: the engine, and for SQLite its folder and its manners."""

from pathlib import Path

from sqlalchemy import event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from bot.estimation.errors import EstimationError

BUSY_TIMEOUT_MS = 5000


def open_engine(database: str) -> AsyncEngine:
    """Return an engine for the URL; `EstimationError` when the URL or its driver can't be used."""
    try:
        url = make_url(database)
        if url.get_backend_name() == "sqlite":
            _make_folder(url)
        engine = create_async_engine(url)
    except (ArgumentError, ImportError, OSError) as error:
        raise unusable(database, error) from error
    if url.get_backend_name() == "sqlite":
        event.listen(engine.sync_engine, "connect", _mind_sqlite)
    return engine


def shown(database: str) -> str:
    """Return the URL without its password."""
    try:
        return make_url(database).render_as_string(hide_password=True)
    except ArgumentError:
        return "?"


def unusable(database: str, error: Exception) -> EstimationError:
    """Return the error that tells a person what is wrong with the database, in one line."""
    reason = str(getattr(error, "orig", None) or error).splitlines()[0]
    return EstimationError("error.database", url=shown(database), reason=reason)


def _make_folder(url: URL) -> None:
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)


def _mind_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """Readers never wait for the writer (WAL), and the writer waits for another one instead of failing."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()
