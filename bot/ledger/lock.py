"""Keeps a second bot off a SQLite database that one is running on."""

import fcntl
import os
from pathlib import Path

from bot.errors import UserError
from bot.ledger.engine import parsed
from bot.ledger.sqlite import file_of


class Lock:
    """A lock on a file beside the database. The system releases it when the process ends, however it does."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self._descriptor = descriptor

    @classmethod
    def acquire(cls, path: Path) -> "Lock":
        """Lock the file at once; `UserError` when another process has it, or when it can't be made."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise UserError("error.database_lock", path=path, reason=error.strerror) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.read(descriptor, 20).decode(errors="replace").strip()
            os.close(descriptor)
            raise UserError("error.database_in_use", path=path, process=holder or "?") from error
        except OSError as error:
            os.close(descriptor)
            raise UserError("error.database_lock", path=path, reason=error.strerror) from error
        os.truncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        return cls(path, descriptor)

    def release(self) -> None:
        """Let the next one in. The file stays: removing it would let two processes lock two files."""
        os.close(self._descriptor)

    def __enter__(self) -> "Lock":
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def lock_path(database: str) -> Path | None:
    """Return where the lock of a SQLite file is; None for what isn't one."""
    path = file_of(parsed(database))
    return Path(f"{path}.lock") if path else None
