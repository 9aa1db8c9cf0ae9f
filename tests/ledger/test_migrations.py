"""Migrations keep what there is, undo themselves, and make what the program expects."""

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from making import entry, ids
from sqlalchemy import Connection, String, Text, event, insert, inspect, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import UserError
from bot.ledger import migrate
from bot.ledger.engine import for_writing
from bot.ledger.preferences import Preferences
from bot.ledger.schema import entries, key_value, metadata, tombstones
from bot.ledger.write.writer import Writer


def differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), metadata))


async def test_they_make_what_the_program_expects(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_data_through_down_and_up(engine: AsyncEngine) -> None:
    async with Writer(engine) as writer:
        await writer.run(lambda c: c.execute(insert(key_value).values(name="a", value="1")))
        writer.record(entry(1))
    await migrate.downgrade(engine, "0001")
    assert await tables(engine) == {"alembic_version", "memory"}
    await migrate.upgrade(engine)
    assert await values(engine) == ["1"]
    async with Writer(engine) as writer:
        writer.record(entry(2))
    assert len(await ids(engine)) == 1


async def test_down_to_nothing_and_up_again(engine: AsyncEngine) -> None:
    await migrate.upgrade(engine)
    assert await migrate.current(engine) == migrate.head()
    await migrate.downgrade(engine, "base")
    assert await migrate.current(engine) is None
    await migrate.upgrade(engine)
    assert await migrate.current(engine) == migrate.head()


async def test_a_newer_database_is_refused(lite: AsyncEngine) -> None:
    async with lite.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(UserError) as caught:
        await migrate.upgrade(lite)
    assert caught.value.key == "error.database_newer"


async def tables(engine: AsyncEngine) -> set[str]:
    async with engine.connect() as connection:
        return set(await connection.run_sync(lambda sync: inspect(sync).get_table_names()))


async def values(engine: AsyncEngine) -> list[str]:
    async with engine.connect() as connection:
        return list(await connection.scalars(select(key_value.c.value)))


async def of_the_version_before(engine: AsyncEngine) -> None:
    """Make a database as the version with `seen` and `memory` left it, with a row in each."""
    await migrate.downgrade(engine, "0002")
    async with for_writing(engine).begin() as connection:
        await connection.execute(text("INSERT INTO seen VALUES (5)"))
        await connection.execute(text("INSERT INTO memory VALUES ('a', '1')"))


async def test_renamed_tables_keep_their_rows_up_and_down(engine: AsyncEngine) -> None:
    await of_the_version_before(engine)
    await migrate.upgrade(engine)
    assert await values(engine) == ["1"]
    async with engine.connect() as connection:
        assert list(await connection.scalars(select(tombstones.c.message_id))) == [5]
    await migrate.downgrade(engine, "0002")
    assert {"seen", "memory"} <= await tables(engine)
    assert not {"tombstones", "key_value"} & await tables(engine)


@pytest.mark.parametrize("statement", ["ALTER TABLE memory", "UPDATE alembic_version"])
async def test_an_interrupted_migration_is_completed_by_the_next_start(engine: AsyncEngine, statement: str) -> None:
    """Cut before the second renaming, and before the version is noted: nothing of it may stay."""

    def cut(*arguments: Any) -> None:
        if arguments[2].startswith(statement):
            raise InterruptedError

    await of_the_version_before(engine)
    event.listen(engine.sync_engine, "before_cursor_execute", cut)
    with pytest.raises(UserError):
        await migrate.upgrade(engine)
    event.remove(engine.sync_engine, "before_cursor_execute", cut)
    assert await migrate.current(engine) == "0002"
    assert {"seen", "memory"} <= await tables(engine)
    await migrate.upgrade(engine)
    assert await migrate.current(engine) == migrate.head()
    assert await values(engine) == ["1"]


def test_no_column_of_an_entry_could_hold_a_message() -> None:
    for column in entries.columns:
        assert not isinstance(column.type, Text), column.name
        assert not isinstance(column.type, String) or (column.type.length or 999) <= 128, column.name


async def test_servers_with_messages_had_the_bot_as_a_member(engine: AsyncEngine) -> None:
    """A server that only ever had the commands gets no messages, and must never be taken for one that left."""
    await migrate.downgrade(engine, "0002")
    async with engine.begin() as connection:
        for guild in (5, 6):
            await connection.execute(text("INSERT INTO servers (guild_id) VALUES (:guild)"), {"guild": guild})
        await connection.execute(text("INSERT INTO watermarks (channel_id, guild_id, message_id) VALUES (1, 5, 9)"))
    await migrate.upgrade(engine)
    preferences = await Preferences.load(engine)
    assert preferences.settings(5).joined_at is not None
    assert preferences.settings(6).joined_at is None
