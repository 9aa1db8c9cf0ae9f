"""Small facts, migrations up and down."""

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import UserError
from bot.ledger import migrate
from bot.ledger.engine import open_engine
from bot.ledger.queries.key_value import get_value
from bot.ledger.write.key_value import put_value
from bot.ledger.write.writer import Writer


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    opened = open_engine(f"sqlite+aiosqlite:///{tmp_path}/folder/e.db")
    yield opened
    await opened.dispose()


async def test_remembers_the_last_value(engine: AsyncEngine) -> None:
    await migrate.upgrade(engine)
    assert await get_value(engine, "a") is None
    async with Writer(engine) as writer:
        await writer.run(partial(put_value, name="a", value="1"))
        await writer.run(partial(put_value, name="a", value="2"))
    assert await get_value(engine, "a") == "2"


async def test_migrations_up_down_and_up_again(engine: AsyncEngine) -> None:
    assert await migrate.current(engine) is None
    await migrate.upgrade(engine)
    await migrate.upgrade(engine)
    assert await migrate.current(engine) == migrate.head()
    await migrate.downgrade(engine, "base")
    assert await migrate.current(engine) is None
    await migrate.upgrade(engine)
    assert await migrate.current(engine) == migrate.head()


async def test_a_newer_database_is_refused(engine: AsyncEngine) -> None:
    await migrate.upgrade(engine)
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(UserError) as caught:
        await migrate.upgrade(engine)
    assert caught.value.key == "error.database_newer"


async def test_write_ahead_log(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        assert await connection.scalar(text("PRAGMA journal_mode")) == "wal"
