"""SQLite's manners: its file and who may read it, and what each connection is told first."""

import errno
import logging
import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.pool import ConnectionPoolEntry

log = logging.getLogger(__name__)

BUSY_TIMEOUT_MS = 5000
TRUNCATE_TIMEOUT_MS = 50
CHECKPOINT_PAGES = 4000
"""Size of the write-ahead log, in pages of 4 KiB, at which it is folded in: often-changed pages are written once."""

SECURE_DELETE = "ON"
"""Overwrite what is deleted with zeros."""

REWRITTEN = 1
"""The `user_version` of files that hold no copies of what was deleted; 0 where the next start must see to it."""

MAX_REWRITE_BYTES = 200_000_000
"""Up to this size a file is rewritten while the bot runs: a second or two, in which entries wait."""

BESIDE = ("", "-wal", "-shm", ".lock")
"""What a database's files are called, after its own name."""


def file_of(url: URL) -> Path | None:
    """Return the file of a SQLite database; None for one in memory, and for any other kind."""
    if url.get_backend_name() != "sqlite" or url.database in {None, "", ":memory:"}:
        return None
    return Path(str(url.database))


def make_file(path: Path) -> None:
    """Make the file and its folder where they are missing, for this user alone, and see that it can be written.

    A file that can't be opened is better found here: aiosqlite's thread would outlive it. Raises `OSError` and
    `sqlite3.Error`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o600))
    tighten(path)
    try_writing(path)


def tighten(path: Path) -> None:
    """Take the files from everybody but their owner; what belongs to somebody else stays as it is."""
    for suffix in BESIDE:
        beside = Path(f"{path}{suffix}")
        with suppress(OSError):
            if beside.stat().st_mode & 0o077:
                beside.chmod(0o600)


def try_writing(path: Path) -> None:
    """Write, and take it back; raises `sqlite3.Error` where that fails. A database that another one holds is fine.

    Beginning to write isn't enough: with a write-ahead log SQLite finds out only when a page changes.
    """
    with closing(sqlite3.connect(path, timeout=1, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN IMMEDIATE")
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            connection.execute(f"PRAGMA user_version={version + 1}")
            connection.execute("ROLLBACK")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise


def try_making(path: Path) -> None:
    """Raise `PermissionError` where the file couldn't be made; nothing is made."""
    folder = next(parent for parent in path.absolute().parents if parent.exists())
    if not os.access(folder, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))


def read_only(url: URL, path: Path) -> URL:
    """Return the URL that opens the file for reading alone, and never makes one.

    Where nobody can be writing (no log, and none can be made), the file is taken as it stands: SQLite would
    refuse to read it otherwise.
    """
    query = {"mode": "ro", "uri": "true"}
    if not Path(f"{path}-wal").exists() and not os.access(path.parent, os.W_OK):
        query["immutable"] = "1"
    return url.set(database=path.absolute().as_uri(), query=query)


def rewrite(cursor: DBAPICursor) -> None:
    """Rewrite the file outside of any transaction; the next start does it for a large one, and where this fails.

    Overwriting what is deleted isn't enough: a page that SQLite has put in order keeps copies of rows in its gap.
    """
    cursor.execute("PRAGMA user_version=0")
    cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
    (size,) = cursor.fetchone() or (0,)
    if size <= MAX_REWRITE_BYTES:
        cursor.execute("VACUUM")
        cursor.execute(f"PRAGMA user_version={REWRITTEN}")


def truncate_log(cursor: DBAPICursor) -> bool:
    """Fold the write-ahead log in and empty it, outside of any transaction; False while a reader is in its way."""
    cursor.execute(f"PRAGMA busy_timeout={TRUNCATE_TIMEOUT_MS}")
    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    busy = cursor.fetchone()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    return busy is not None and not busy[0]


def rewrite_once(path: Path) -> None:
    """Rewrite a file that was written before what is deleted was overwritten: copies may stand in its free space.

    It is noted in the file (`user_version`), so that it is done once; where that fails, the next start does it.
    """
    with closing(sqlite3.connect(path, timeout=1, isolation_level=None)) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version >= REWRITTEN:
            return
        try:
            connection.execute(f"PRAGMA secure_delete={SECURE_DELETE}")
            connection.execute("VACUUM")
            connection.execute(f"PRAGMA user_version={REWRITTEN}")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.OperationalError as error:
            log.warning("the database can't be rewritten now (%s): erased data may still be in its free space", error)


def teach(engine: Engine, *, writes: bool) -> None:
    """Have each new connection told its manners; transactions then begin as the engine says (`writes`)."""
    event.listen(engine, "connect", _as_writer if writes else _as_reader)
    event.listen(engine, "begin", _begin)


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


def _as_writer(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """Readers never wait for the writer (WAL), the writer waits for another one, and what is deleted is overwritten."""
    _tell(
        connection,
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "journal_mode=WAL",
        "synchronous=NORMAL",
        f"wal_autocheckpoint={CHECKPOINT_PAGES}",
        "foreign_keys=ON",
        f"secure_delete={SECURE_DELETE}",
    )


def _as_reader(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    _tell(connection, f"busy_timeout={BUSY_TIMEOUT_MS}", "query_only=ON")


def _tell(connection: DBAPIConnection, *pragmas: str) -> None:
    """Set pragmas. Python's sqlite3 is kept from beginning transactions: it would not for a read or a new table."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in pragmas:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
