"""Readers on PostgreSQL can't write: neither a connection for reading, nor a role that was granted no more."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from functools import partial
from secrets import token_hex
from typing import Any

import pytest
from making import GUILD, NOW, TODAY, entry
from postgresql_server import NO_SERVER, SERVER
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import UserError
from bot.ledger import migrate, partitions
from bot.ledger.engine import open_engine, open_read_only
from bot.ledger.ledger import open_ledger
from bot.ledger.periods import ALL, period
from bot.ledger.queries.leaderboards import leaderboard
from bot.ledger.queries.totals import totals
from bot.ledger.records import Board
from bot.settings import Settings, load
from bot.usecases.ledger_reader import LedgerReader

pytestmark = [pytest.mark.postgresql, NO_SERVER]

EVER = period(ALL, TODAY)
GRANTS = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO {role}",
)
"""As docs/hosting.md has them."""


async def run(engine: AsyncEngine, *statements: str) -> None:
    async with engine.begin() as connection:
        for statement in statements:
            await connection.execute(text(statement))


@pytest.fixture
async def server() -> AsyncIterator[AsyncEngine]:
    opened = open_engine(str(SERVER))
    await migrate.downgrade(opened, "base")
    await migrate.upgrade(opened)
    yield opened
    await opened.dispose()


@pytest.fixture
async def role_url(server: AsyncEngine) -> AsyncIterator[str]:
    """A role that may read, made as the page for hosts says it."""
    role = f"reader_{token_hex(4)}"
    await run(server, f"CREATE ROLE {role} LOGIN", *(one.format(role=role) for one in GRANTS))
    yield make_url(str(SERVER)).set(username=role).render_as_string(hide_password=False)
    await run(server, f"DROP OWNED BY {role}", f"DROP ROLE {role}")


async def sqlstate(engine: AsyncEngine, statement: str) -> str:
    """Return what the server says to a statement that it refuses."""
    with pytest.raises(DBAPIError) as caught:
        await run(engine, statement)
    refused: Any = caught.value.orig
    await engine.dispose()
    return refused.sqlstate


async def test_boards_are_read_by_a_role_that_cannot_write(server: AsyncEngine, role_url: str) -> None:
    async with open_ledger(str(SERVER), role_url) as ledger:
        await ledger.writer.run(partial(partitions.make_ahead, now=NOW))  # tables that are made later
        ledger.writer.record(entry(1))
        ledger.writer.record(entry(2, at=datetime(2027, 1, 5, tzinfo=UTC)))
        await ledger.writer.flush()
        assert ledger.replica is not None
        reader = LedgerReader(ledger.engine, ledger.replica)
        assert (await reader.read(totals, GUILD, EVER)).messages == 2
        assert len(await reader.read(leaderboard, Board(GUILD, EVER))) == 1
        assert await reader.read(current_user) == make_url(role_url).username
        async with ledger.replica.engine.connect() as connection:
            assert await connection.scalar(text("SELECT count(*) FROM entries")) == 2


async def current_user(engine: AsyncEngine) -> str | None:
    async with engine.connect() as connection:
        return await connection.scalar(text("SELECT current_user"))


async def test_that_role_is_refused_every_change(server: AsyncEngine, role_url: str) -> None:
    for statement in ("DELETE FROM daily", "INSERT INTO quiet_offers VALUES (1)", "CREATE TABLE mine (id INTEGER)"):
        assert await sqlstate(open_engine(role_url), statement) == "42501"
        assert await sqlstate(open_read_only(role_url), statement) == "25006"


async def test_without_it_a_connection_for_reading_is_read_only_too(server: AsyncEngine) -> None:
    reading = open_read_only(str(SERVER))
    async with reading.connect() as connection:
        assert await connection.scalar(text("SHOW default_transaction_read_only")) == "on"
    assert await sqlstate(reading, "DELETE FROM daily") == "25006"


async def test_a_role_without_rights_is_said_in_one_sentence(server: AsyncEngine, role_url: str) -> None:
    role = make_url(role_url).username
    await run(server, f"REVOKE SELECT ON ALL TABLES IN SCHEMA public FROM {role}")
    reading = open_read_only(role_url)
    with pytest.raises(UserError) as caught:
        await migrate.known_revision(reading)
    assert "permission denied" in str(caught.value.values["reason"])
    with pytest.raises(UserError) as caught:
        await LedgerReader(reading).read(totals, GUILD, EVER)
    assert caught.value.key == "error.database_busy"
    await reading.dispose()


def test_the_setting_is_for_postgresql() -> None:
    with pytest.raises(UserError) as caught:
        load(database_url="sqlite+aiosqlite:///a.db", database_read_url="postgresql+asyncpg://host/b")
    assert "needs a PostgreSQL database" in str(caught.value.values["reason"])
    settings = Settings(
        database_url="postgresql+asyncpg://host/a", database_read_url="postgresql+asyncpg://me:x@host/b"
    )
    assert settings.database_read_url == "postgresql+asyncpg://me:x@host/b"
    assert "me:x" not in repr(settings)
