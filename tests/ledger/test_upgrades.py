"""Processes of the version before go on beside a newer one: migrations add first, and remove when nobody needs it."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from postgresql_server import NO_SERVER, SERVER
from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import UserError
from bot.ledger import migrate
from bot.ledger.coordination.shard_leases import ShardLeases
from bot.ledger.engine import for_writing, open_engine

pytestmark = [pytest.mark.postgresql, NO_SERVER]

SINCE_THE_RULE = migrate._missing("0008")
"""Migrations that are held to it."""


@pytest.fixture
async def server() -> AsyncIterator[AsyncEngine]:
    opened = open_engine(str(SERVER))
    await migrate.downgrade(opened, "base")
    yield opened
    await opened.dispose()


class Shape:
    """What an older process may rely on: tables, columns that it may leave out or not, and what is unique."""

    def __init__(self, connection: Connection) -> None:
        self._inspector = inspect(connection)
        self.tables = set(self._inspector.get_table_names())
        self.columns = {(table, column["name"]) for table in self.tables for column in self._columns(table)}
        self.must_be_given = {
            (table, column["name"])
            for table in self.tables
            for column in self._columns(table)
            if not column["nullable"] and column["default"] is None
        }
        self.unique = {(table, key) for table in self.tables for key in self._keys(table)}

    def _columns(self, table: str) -> list[Any]:
        return list(self._inspector.get_columns(table))

    def _keys(self, table: str) -> set[tuple[str | None, ...]]:
        primary = tuple(sorted(self._inspector.get_pk_constraint(table)["constrained_columns"]))
        indexes = [one for one in self._inspector.get_indexes(table) if one.get("unique")]
        return {primary, *(tuple(sorted(filter(None, one["column_names"]))) for one in indexes)}


def breaks(before: Shape, after: Shape, replaced: dict[str, tuple[str, ...]]) -> list[str]:
    """What a process of the version before would stumble over."""
    gone = before.unique - after.unique - {(table, tuple(sorted(key))) for table, key in replaced.items()}
    demanded = {one for one in after.must_be_given - before.must_be_given if one[0] in before.tables}
    return [
        *(f"table {one} is gone" for one in before.tables - after.tables),
        *(f"column {one} is gone" for one in before.columns - after.columns),
        *(f"{one} is no key any more" for one in gone),
        *(f"{one} must be given" for one in demanded),
    ]


async def shape(engine: AsyncEngine) -> Shape:
    async with engine.connect() as connection:
        return await connection.run_sync(Shape)


@pytest.mark.parametrize("script", SINCE_THE_RULE, ids=lambda script: script.revision)
async def test_what_a_migration_takes_away_it_declares(server: AsyncEngine, script: Any) -> None:
    await migrate.upgrade(server, str(script.down_revision))
    before = await shape(server)
    await migrate.upgrade(server, script.revision)
    found = breaks(before, await shape(server), getattr(script.module, "REPLACED_KEYS", {}))
    assert not found or hasattr(script.module, "oldest_beside"), found


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE gaps",
        "ALTER TABLE servers DROP COLUMN zone",
        "ALTER TABLE seen RENAME TO bare_ids",
        "ALTER TABLE servers RENAME COLUMN zone TO country",
        "ALTER TABLE watermarks DROP CONSTRAINT watermarks_pkey",
        "ALTER TABLE servers ADD COLUMN needed INTEGER NOT NULL",
        "ALTER TABLE servers ALTER COLUMN zone SET NOT NULL",
    ],
)
async def test_what_is_taken_away_is_seen(server: AsyncEngine, statement: str) -> None:
    await migrate.upgrade(server, "0002")
    async with server.connect() as connection:
        before = await connection.run_sync(Shape)
        await connection.execute(text(statement))
        assert breaks(before, await connection.run_sync(Shape), {})
        await connection.rollback()


async def process(engine: AsyncEngine, *, revision: str | None) -> ShardLeases:
    """Have a process say that it lives, as one that knows a revision does, or one from before they said so."""
    leases = ShardLeases(engine, f"holder {revision}", revision=revision)
    if revision is not None:
        await leases.renew(1)
        return leases
    async with for_writing(engine).begin() as connection:
        values = "VALUES ('holder None', 1, (extract(epoch FROM clock_timestamp()) * 1000)::bigint + 60000)"
        await connection.execute(text(f"INSERT INTO processes (holder, shard_count, until_at) {values}"))
    return leases


async def test_a_removal_waits_for_older_processes(server: AsyncEngine, caplog: pytest.LogCaptureFixture) -> None:
    await migrate.upgrade(server, "0008")
    older = await process(server, revision=None)
    await migrate.upgrade(server)
    assert await migrate.current(server) == "0010"
    assert "revision 0011 waits: 1 processes" in caplog.text
    await migrate.require_current(server)  # what is only to be removed keeps nobody from reading
    newer = await process(server, revision=migrate.head())
    await migrate.upgrade(server)
    assert await migrate.current(server) == "0010"
    await older.leave()
    await migrate.upgrade(server)
    assert await migrate.current(server) == migrate.head()
    await newer.leave()


async def test_reading_an_older_database_is_refused(server: AsyncEngine) -> None:
    await migrate.upgrade(server, "0008")
    with pytest.raises(UserError) as caught:
        await migrate.require_current(server)
    assert caught.value.key == "error.database_older"


OF_0008 = (
    (
        "INSERT INTO watermarks (channel_id, guild_id, message_id) VALUES (1, 5, 9) ON CONFLICT (channel_id)"
        " DO UPDATE SET message_id = excluded.message_id WHERE excluded.message_id > watermarks.message_id"
    ),
    (
        "INSERT INTO gaps (channel_id, after_id, guild_id, before_id, noted_at) VALUES (1, 2, 5, 3, 4)"
        " ON CONFLICT (channel_id, after_id) DO UPDATE SET before_id = excluded.before_id"
    ),
    (
        "INSERT INTO ai_questions"
        " (question_id, bot_id, guild_id, channel_id, predicted_low, predicted_expected, predicted_high)"
        " VALUES (1, 2, 5, 6, 1, 1, 1) ON CONFLICT (question_id, bot_id) DO UPDATE SET channel_id = excluded.channel_id"
    ),
    (
        "INSERT INTO ai_pending"
        " (message_id, answer_id, guild_id, channel_id, bot_id, author_id, content, embeds, components)"
        " VALUES (1, 1, 5, 6, 7, 8, 1, 1, 1) ON CONFLICT (message_id) DO UPDATE SET content = excluded.content"
    ),
    "INSERT INTO tombstones (message_id) SELECT 4 ON CONFLICT DO NOTHING",
    (
        "INSERT INTO processes (holder, shard_count, until_at) VALUES ('a', 1, 2) ON CONFLICT (holder)"
        " DO UPDATE SET until_at = excluded.until_at"
    ),
)
"""What the version before writes with a key in its words."""


async def test_the_statements_of_the_version_before_go_on(server: AsyncEngine) -> None:
    await migrate.upgrade(server, "0010")
    async with server.connect() as connection:
        driver: Any = (await connection.get_raw_connection()).driver_connection
        for statement in OF_0008 * 2:
            await driver.execute(statement)
