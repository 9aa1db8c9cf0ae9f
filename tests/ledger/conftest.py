"""An empty ledger on SQLite, and on PostgreSQL where `EMPREINTE_TEST_POSTGRESQL` names a database for tests."""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import URL, make_url, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.ledger import migrate
from bot.ledger.engine import open_engine
from bot.ledger.write.writer import Writer


def own_database(url: str | None, worker: str | None) -> str | None:
    """Return a database of this worker's own, made where there is none; the tests' own one without workers."""
    if url is None or worker is None:
        return url
    own = make_url(url).set(database=f"tests_{worker}")
    asyncio.run(_make_database(make_url(url), f"tests_{worker}"))
    return own.render_as_string(hide_password=False)


async def _make_database(server: URL, name: str) -> None:
    engine = create_async_engine(server, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        known = await connection.scalar(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name})
        if known is None:
            await connection.execute(text(f"CREATE DATABASE {name}"))
    await engine.dispose()


SERVER = own_database(os.environ.get("EMPREINTE_TEST_POSTGRESQL"), os.environ.get("PYTEST_XDIST_WORKER"))
NO_SERVER = pytest.mark.skipif(
    SERVER is None and "CI" not in os.environ, reason="EMPREINTE_TEST_POSTGRESQL names no database"
)


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
