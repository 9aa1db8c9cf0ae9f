"""One bot per SQLite file; the lock goes with its process, however that ends."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import UserError
from bot.ledger.lock import Lock, lock_path

HOLDER = """
import sys
from pathlib import Path
from bot.ledger.lock import Lock
lock = Lock.acquire(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""
ROOT = Path(__file__).parents[2]


def test_two_processes(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "e.db.lock"
    command = [sys.executable, "-c", HOLDER, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(UserError) as caught:
            Lock.acquire(path)
        assert caught.value.key == "error.database_in_use"
        assert caught.value.values == {"path": path, "process": str(holder.pid)}
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    with Lock.acquire(path):
        assert path.read_text() == f"{os.getpid()}\n"
        with pytest.raises(UserError):
            Lock.acquire(path)
    Lock.acquire(path).release()


def test_a_place_that_takes_no_lock() -> None:
    with pytest.raises(UserError) as caught:
        Lock.acquire(Path("/proc/none/e.db.lock"))
    assert caught.value.key == "error.database_lock"


@pytest.mark.parametrize(
    ("database", "path"),
    [
        ("sqlite+aiosqlite:///data/e.db", Path("data/e.db.lock")),
        ("sqlite+aiosqlite:////srv/e.db", Path("/srv/e.db.lock")),
        ("sqlite+aiosqlite:///:memory:", None),
        ("postgresql+asyncpg://me@host/db", None),
    ],
)
def test_where_it_is(database: str, path: Path | None) -> None:
    assert lock_path(database) == path


@pytest.fixture
def no_fcntl(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)


@pytest.mark.usefixtures("no_fcntl")
def test_without_the_systems_locks(tmp_path: Path) -> None:
    path = tmp_path / "new" / "e.db.lock"
    with Lock.acquire(path):
        with pytest.raises(UserError) as caught:
            Lock.acquire(path)
        assert caught.value.key == "error.database_in_use"
        assert caught.value.values["process"] == str(os.getpid())
    Lock.acquire(path).release()


@pytest.mark.usefixtures("no_fcntl")
def test_a_lock_that_cant_be_made_without_the_systems_locks(tmp_path: Path) -> None:
    (tmp_path / "e.db.lock.db").mkdir()
    with pytest.raises(UserError) as caught:
        Lock.acquire(tmp_path / "e.db.lock")
    assert caught.value.key == "error.database_lock"
