"""An empty ledger on SQLite, and on PostgreSQL where `EMPREINTE_TEST_POSTGRESQL` names a database for tests."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from postgresql_server import NO_SERVER, SERVER
from servers_apart import strays
from sqlalchemy import Engine, event
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger import migrate
from bot.ledger.engine import open_engine
from bot.ledger.write.writer import Writer


@pytest.fixture(autouse=True)
def statements_stay_within_a_server() -> Iterator[None]:
    """Hold every statement that a test makes the program run to the rule for servers on several machines."""
    found: dict[str, list[str]] = {}

    def look(*arguments: Any) -> None:
        if wrong := strays(arguments[2]):
            found[arguments[2]] = wrong

    event.listen(Engine, "before_cursor_execute", look)
    yield
    event.remove(Engine, "before_cursor_execute", look)
    assert not found


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path}/ledger.db"


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables, made once: tests take copies, which costs a hundredth of migrating."""

    async def make(path: Path) -> None:
        opened = open_engine(f"sqlite+aiosqlite:///{path}")
        await migrate.upgrade(opened)
        await opened.dispose()

    path = tmp_path_factory.mktemp("migrated") / "ledger.db"
    asyncio.run(make(path))
    return path


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=[pytest.mark.postgresql, NO_SERVER])])
async def engine(
    request: pytest.FixtureRequest, tmp_path: Path, migrated: Path, database: str
) -> AsyncIterator[AsyncEngine]:
    if request.param == "sqlite":
        shutil.copyfile(migrated, tmp_path / "ledger.db")
        opened = open_engine(database)
    else:
        opened = open_engine(str(SERVER))
        await migrate.downgrade(opened, "base")
        await migrate.upgrade(opened)
    yield opened
    await opened.dispose()


@pytest.fixture
async def lite(tmp_path: Path, migrated: Path, database: str) -> AsyncIterator[AsyncEngine]:
    shutil.copyfile(migrated, tmp_path / "ledger.db")
    opened = open_engine(database)
    yield opened
    await opened.dispose()


@pytest.fixture
async def writer(engine: AsyncEngine) -> AsyncIterator[Writer]:
    async with Writer(engine, max_age=0.01, patience=10) as opened:
        yield opened
