"""Opening the database: for writing, for reading alone, and what a person is told when that can't be."""

import os
import sqlite3
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from making import entry
from sqlalchemy import text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import UserError
from bot.ledger import migrate
from bot.ledger.engine import open_engine, open_read_only, require_writable, shown
from bot.ledger.ledger import open_ledger
from bot.ledger.lock import Lock
from bot.ledger.sqlite import BESIDE, try_writing
from bot.ledger.write.writer import Writer

NOBODY = 65534
POSIX = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and owners of files")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may write to, for what root is never refused."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        yield Path(name)


def as_nobody(work: Callable[[], object]) -> str:
    """Run it as a user without rights where the tests run as root; return the error, "" when there was none."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        if os.geteuid() == 0:
            os.setuid(NOBODY)
        try:
            work()
        except Exception as error:  # noqa: BLE001 told to the parent
            os.write(writer, f"{type(error).__name__}: {error}".encode())
        finally:
            os._exit(0)
    os.close(writer)
    os.waitpid(child, 0)
    with os.fdopen(reader, "rb") as pipe:
        return pipe.read().decode()


async def test_a_reader_writes_nothing(engine: AsyncEngine) -> None:
    async with Writer(engine) as writer:
        writer.record(entry(1))
    reading = open_read_only(engine.url.render_as_string(hide_password=False))
    async with reading.connect() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM entries")) == 1
        with pytest.raises(DBAPIError, match=r"read.?only"):
            await connection.execute(text("DELETE FROM entries"))
    await migrate.require_current(reading)
    await reading.dispose()


async def test_the_bots_own_readings_cannot_write(database: str) -> None:
    async with open_ledger(database) as ledger, ledger.engine.connect() as connection:
        with pytest.raises(DBAPIError, match="readonly"):
            await connection.execute(text("INSERT INTO key_value VALUES ('a', '1')"))


def test_a_reader_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        open_read_only(f"sqlite+aiosqlite:///{tmp_path}/folder/e.db")
    assert caught.value.key == "error.database_missing"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a b.db", "é#1?.db", "100%25.db"])
async def test_odd_file_names(tmp_path: Path, name: str) -> None:
    database = sqlite_url(tmp_path / name)
    async with open_ledger(database) as ledger:
        assert await migrate.current(ledger.engine) == migrate.head()
        assert shown(ledger.engine.url) == shown(database)
    assert (tmp_path / name).exists()


def sqlite_url(path: Path) -> str:
    return URL.create("sqlite+aiosqlite", database=str(path)).render_as_string()


@POSIX
def test_a_file_that_cannot_be_written_though_its_folder_can(open_folder: Path) -> None:
    path = open_folder / "e.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE t (x)")
    path.chmod(0o444)
    for check in (open_engine, require_writable):
        assert "error.database" in as_nobody(lambda check=check: check(f"sqlite+aiosqlite:///{path}"))
    assert "readonly" in as_nobody(lambda: try_writing(path))
    path.chmod(0o666)
    for beside in open_folder.iterdir():
        beside.chmod(0o666)
    assert as_nobody(lambda: require_writable(f"sqlite+aiosqlite:///{path}")) == ""


@POSIX
def test_a_folder_where_nothing_can_be_made(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    assert "error.database" in as_nobody(lambda: require_writable(f"sqlite+aiosqlite:///{open_folder}/a/e.db"))
    open_folder.chmod(0o755)
    require_writable(f"sqlite+aiosqlite:///{open_folder}/a/e.db")
    assert list(open_folder.iterdir()) == []


def test_trying_to_write_changes_nothing_and_a_held_database_is_fine(tmp_path: Path) -> None:
    path = tmp_path / "e.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA user_version=7")
        try_writing(path)
        assert connection.execute("PRAGMA user_version").fetchone() == (7,)
        connection.execute("BEGIN IMMEDIATE")
        try_writing(path)


@pytest.mark.skipif(os.name != "posix", reason="permissions as POSIX has them")
async def test_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    """New ones whatever the umask, and those that an earlier version left open."""
    path = tmp_path / "e.db"
    before = os.umask(0)
    try:
        for _ in range(2):
            with Lock.acquire(Path(f"{path}.lock")):
                async with open_ledger(f"sqlite+aiosqlite:///{path}") as ledger:
                    ledger.writer.record(entry(1))
                    await ledger.writer.flush()
                    modes = {one.name: stat.S_IMODE(one.stat().st_mode) for one in tmp_path.iterdir()}
                    assert modes == {f"e.db{suffix}": 0o600 for suffix in BESIDE}
            for one in tmp_path.iterdir():
                one.chmod(0o666)
    finally:
        os.umask(before)


@pytest.mark.parametrize(
    "database",
    [
        "postgresql+asyncpg://me:secret@host/db",
        "postgresql+asyncpg://host/db?user=me&password=secret",
        "postgresql+asyncpg://me:se:cret@secret:port/db",
        "postgresql+asyncpg:secret",
    ],
)
def test_passwords_are_not_shown(database: str) -> None:
    assert "secret" not in shown(database)


@pytest.mark.parametrize("database", ["postgresql+asyncpg://me:top@secret:x@host:secret/db", "secret", "sqlite:secret"])
def test_an_address_that_cannot_be_read_is_not_quoted(database: str) -> None:
    with pytest.raises(UserError) as caught:
        open_engine(database)
    assert caught.value.key == "error.database_url"
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_folder_that_cannot_be_made() -> None:
    with pytest.raises(UserError) as caught:
        open_engine("sqlite+aiosqlite:////proc/no/e.db")
    assert caught.value.key == "error.database"


async def test_write_ahead_log(lite: AsyncEngine) -> None:
    async with lite.connect() as connection:
        assert await connection.scalar(text("PRAGMA journal_mode")) == "wal"
