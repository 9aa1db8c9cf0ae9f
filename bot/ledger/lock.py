"""Keeps a second bot off a SQLite database that one is running on."""

import importlib
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.errors import UserError
from bot.ledger.engine import parsed
from bot.ledger.sqlite import file_of

O_CLOEXEC: int = getattr(os, "O_CLOEXEC", 0)


class Lock:
    """A lock on a file beside the database. The system releases it when the process ends, however it does."""

    def __init__(self, path: Path, descriptor: int, release: Callable[[], object]) -> None:
        self.path = path
        self._descriptor, self._release = descriptor, release

    @classmethod
    def acquire(cls, path: Path) -> "Lock":
        """Lock the file at once; `UserError` when another process has it, or when it can't be made."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | O_CLOEXEC, 0o600)
        except OSError as error:
            raise UserError("error.database_lock", path=path, reason=error.strerror) from error
        try:
            release = _lock(path, descriptor)
        except BlockingIOError as error:
            holder = os.read(descriptor, 20).decode(errors="replace").strip()
            os.close(descriptor)
            raise UserError("error.database_in_use", path=path, process=holder or "?") from error
        except OSError as error:
            os.close(descriptor)
            raise UserError("error.database_lock", path=path, reason=error.strerror or str(error)) from error
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        return cls(path, descriptor, release)

    def release(self) -> None:
        """Let the next one in. The file stays: removing it would let two processes lock two files."""
        self._release()
        os.close(self._descriptor)

    def __enter__(self) -> "Lock":
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def lock_path(database: str) -> Path | None:
    """Return where the lock of a SQLite file is; None for what isn't one."""
    path = file_of(parsed(database))
    return Path(f"{path}.lock") if path else None


def _lock(path: Path, descriptor: int) -> Callable[[], object]:
    """Lock the file, or on a system without such locks one beside it; return what releases the lock.

    Raises `BlockingIOError` when another process has it.
    """
    try:
        fcntl: Any = importlib.import_module("fcntl")
    except ImportError:
        return _lock_by_sqlite(path.with_name(f"{path.name}.db"))
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return lambda: None  # closing the file does it


def _lock_by_sqlite(path: Path) -> Callable[[], object]:
    """Hold an empty SQLite file exclusively: SQLite knows how to lock on every system it runs on, Windows too."""
    connection = None
    try:
        connection = sqlite3.connect(path, timeout=0, isolation_level=None)
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        if connection is not None:
            connection.close()
        busy = getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_BUSY
        raise (BlockingIOError if busy else OSError)(str(error)) from error
    return connection.close
