"""A role or database that runs transactions in another isolation than PostgreSQL's own: nothing changes for us."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from functools import partial

import pytest
from making import entry, ids
from postgresql_server import NO_SERVER, SERVER
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger import migrate
from bot.ledger.coordination.opt_outs import wait_for_batches
from bot.ledger.engine import open_engine, open_read_only
from bot.ledger.write.people import put_person
from bot.ledger.write.writer import Writer

pytestmark = [pytest.mark.postgresql, NO_SERVER]

NAME = make_url(str(SERVER)).database if SERVER else ""
LEVELS = ["repeatable read", "serializable"]


@pytest.fixture(params=LEVELS)
async def engine(request: pytest.FixtureRequest) -> AsyncIterator[AsyncEngine]:
    owner = open_engine(str(SERVER))
    await migrate.downgrade(owner, "base")
    await migrate.upgrade(owner)
    async with owner.begin() as connection:
        await connection.execute(text(f"ALTER DATABASE {NAME} SET default_transaction_isolation = '{request.param}'"))
    opened = open_engine(str(SERVER))
    yield opened
    async with owner.begin() as connection:
        await connection.execute(text(f"ALTER DATABASE {NAME} RESET default_transaction_isolation"))
    for one in (opened, owner):
        await one.dispose()


async def test_an_opt_out_is_not_outrun(engine: AsyncEngine) -> None:
    """A batch that waits for an opt-out has to see it afterwards."""
    waiting = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    async with Writer(engine, max_age=0.01) as writer, engine.begin() as person:
        await person.run_sync(wait_for_batches)
        assert writer.record(entry(1, author=42))
        async with asyncio.timeout(20), engine.connect() as looking:
            while not await looking.scalar(waiting):
                await looking.rollback()
                await asyncio.sleep(0.02)
        await person.run_sync(partial(put_person, user_id=42, opted_out_at=datetime.now(UTC)))
        await person.commit()
        await writer.flush()
    assert await ids(engine) == []


async def test_connections_that_only_read_have_it_too(engine: AsyncEngine) -> None:
    for opened in (engine, open_read_only(str(SERVER))):
        async with opened.connect() as connection:
            assert await connection.scalar(text("SHOW transaction_isolation")) == "read committed"
        await opened.dispose()
