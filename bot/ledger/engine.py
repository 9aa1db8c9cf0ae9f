"""Opens the database: to write to it, or only to read it."""

import sqlite3
from typing import Any
from urllib.parse import unquote
from uuid import uuid4

from sqlalchemy import Engine, create_engine, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, InvalidRequestError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.errors import UserError, reason
from bot.ledger import sqlite
from bot.ledger.hosts import Hosts
from bot.ledger.silence import notice_silence

MASKED = frozenset({"password", "passfile", "sslpassword"})
"""What a URL's query may hold that nobody should read."""

ASYNCPG = "postgresql+asyncpg"

ISOLATION = "READ COMMITTED"
"""PostgreSQL's own default, that a role or database may have changed.

Who waits for a lock must see what was committed meanwhile, as a batch does that waits for an opt-out.
"""

SESSION_NAME = "empreinte"
"""What PostgreSQL's sessions are called by default, as `pg_stat_activity` shows them."""


def open_engine(database: str, session_name: str = SESSION_NAME) -> AsyncEngine:
    """Return an engine for the URL, that may write; a SQLite file is made where there is none.

    `UserError` when the URL or its driver can't be used, or the file can't be written.
    """
    url = parsed(database)
    path = sqlite.file_of(url)
    try:
        if path:
            sqlite.make_file(path)
    except (OSError, sqlite3.Error) as error:
        raise unusable(database, error) from error
    engine = _created(url, _session(url, session_name))
    if url.get_backend_name() == "sqlite":
        sqlite.teach(engine.sync_engine, writes=True)
    return engine


def open_read_only(database: str, session_name: str = SESSION_NAME) -> AsyncEngine:
    """Return an engine that reads and does nothing else, beside a bot that may be writing.

    Who asks just after a server went away gets another connection rather than an error.
    `UserError` when the URL or its driver can't be used, or when there is no such SQLite file.
    """
    url = parsed(database)
    if url.get_backend_name() != "sqlite":
        settings = _session(url, session_name, **_only_reading(url))
        options = {"postgresql_readonly": True}
        return _created(_with_primary(url), settings, execution_options=options, pool_pre_ping=True)
    path = sqlite.file_of(url)
    if path is None or not path.exists():
        raise UserError("error.database_missing", url=shown(database))
    engine = _created(sqlite.read_only(url, path))
    sqlite.teach(engine.sync_engine, writes=False)
    return engine


def is_missing(database: str) -> bool:
    """Tell whether the URL names a SQLite file that isn't there."""
    path = sqlite.file_of(parsed(database))
    return path is not None and not path.exists()


def require_writable(database: str) -> None:
    """Raise `UserError` where a SQLite file can't be written, or made; nothing changes."""
    path = sqlite.file_of(parsed(database))
    try:
        if path:
            sqlite.try_writing(path) if path.exists() else sqlite.try_making(path)
    except (OSError, sqlite3.Error) as error:
        raise unusable(database, error) from error


def for_writing(engine: AsyncEngine) -> AsyncEngine:
    """Return the engine with transactions that mean to write.

    In SQLite such a transaction takes the lock as it begins (`BEGIN IMMEDIATE`): one that reads first and writes
    later would fail at once, whatever the timeout, if another one wrote in between.
    """
    return engine.execution_options(writes=True)


def open_in_thread(engine: AsyncEngine) -> Engine | None:
    """Return a synchronous engine for writing to the same SQLite file; None where that isn't a file."""
    if sqlite.file_of(engine.url) is None:
        return None
    twin = create_engine(engine.url.set(drivername="sqlite"), pool_size=1, max_overflow=0)
    sqlite.teach(twin, writes=True)
    return twin.execution_options(writes=True)


def parsed(database: str) -> URL:
    """Return the URL. What is wrong with it isn't quoted: it may be a piece of the password."""
    try:
        return make_url(database)
    except (ArgumentError, ValueError):
        raise UserError("error.database_url") from None


def shown(database: str | URL) -> str:
    """Return the URL for people: without its password, and without how a file is opened."""
    try:
        url = make_url(database)
    except (ArgumentError, ValueError):
        return "?"
    if url.database and url.database.startswith("file:"):
        url = url.set(database=unquote(url.database.removeprefix("file://")), query={})
    secret = {name: "***" for name in url.query if name in MASKED}
    return url.update_query_dict(secret).render_as_string(hide_password=True)


def unusable(database: str | URL, error: Exception) -> UserError:
    """Return the error that tells a person what is wrong with the database, in one line."""
    return UserError("error.database", url=shown(database), reason=reason(error))


def _created(url: URL, connect_args: dict[str, Any] | None = None, **options: Any) -> AsyncEngine:
    if url.get_backend_name() == "postgresql":
        options["isolation_level"] = ISOLATION
    try:
        engine = create_async_engine(url, connect_args=_for_poolers(url) | (connect_args or {}), **options)
    except (ArgumentError, ImportError, InvalidRequestError) as error:  # the last one: a driver that isn't for asyncio
        raise unusable(url, error) from error
    if url.drivername == ASYNCPG:
        notice_silence(engine)
    return engine


def _session(url: URL, name: str, **settings: str) -> dict[str, Any]:
    """Return what PostgreSQL is told as a session begins: what it is called, those settings, and how to connect."""
    if url.drivername != ASYNCPG:
        return {}
    return {"server_settings": {"application_name": name, **settings}, "async_creator_fn": Hosts().connect}


def _only_reading(url: URL) -> dict[str, str]:
    """Return what keeps whole connections from writing; a pooler takes no such word, there each transaction says it."""
    return {} if _has_pooler(url) else {"default_transaction_read_only": "on"}


def _with_primary(url: URL) -> URL:
    """Return the URL for sessions that are read-only themselves: asyncpg would find no server for them to write to."""
    writes = url.query.get("target_session_attrs") == "read-write"
    return url.update_query_dict({"target_session_attrs": "primary"}) if writes else url


def _has_pooler(url: URL) -> bool:
    return url.query.get("prepared_statement_cache_size") == "0"


def _for_poolers(url: URL) -> dict[str, Any]:
    """Return what makes asyncpg's statements fit for a pooler in transaction mode, where the URL says there is one.

    `prepared_statement_cache_size=0` is how it says so. Names are unique over all processes in any case: such a pooler
    lends them the same connections, and where the URL forgets to say so one would run another one's statement.
    """
    if url.drivername != ASYNCPG:
        return {}
    names: dict[str, Any] = {"prepared_statement_name_func": lambda: f"s{uuid4().hex}"}
    return names | ({"statement_cache_size": 0} if _has_pooler(url) else {})
