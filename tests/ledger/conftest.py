"""An empty ledger on SQLite, and on PostgreSQL where `EMPREINTE_TEST_POSTGRESQL` names a database for tests."""

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


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=[pytest.mark.postgresql, NO_SERVER])])
async def engine(request: pytest.FixtureRequest, database: str) -> AsyncIterator[AsyncEngine]:
    opened = open_engine(database if request.param == "sqlite" else str(SERVER))
    if request.param == "postgresql":
        await migrate.downgrade(opened, "base")
    await migrate.upgrade(opened)
    yield opened
    await opened.dispose()


@pytest.fixture
async def lite(database: str) -> AsyncIterator[AsyncEngine]:
    opened = open_engine(database)
    await migrate.upgrade(opened)
    yield opened
    await opened.dispose()


@pytest.fixture
async def writer(engine: AsyncEngine) -> AsyncIterator[Writer]:
    async with Writer(engine, max_age=0.01, patience=10) as opened:
        yield opened
