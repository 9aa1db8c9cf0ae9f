"""Migrations keep what there is, undo themselves, and make what the program expects."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from making import entry, ids
from sqlalchemy import Connection, String, Text, inspect, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger import key_value, migrate
from bot.ledger.preferences import Preferences
from bot.ledger.schema import entries, metadata
from bot.ledger.write.writer import Writer


def differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), metadata))


async def test_they_make_what_the_program_expects(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_data_through_down_and_up(engine: AsyncEngine) -> None:
    await key_value.put_value(engine, "a", "1")
    async with Writer(engine) as writer:
        writer.record(entry(1))
    await migrate.downgrade(engine, "0001")
    async with engine.connect() as connection:
        names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    assert sorted(names) == ["alembic_version", "memory"]
    await migrate.upgrade(engine)
    assert await key_value.get_value(engine, "a") == "1"
    async with Writer(engine) as writer:
        writer.record(entry(2))
    assert len(await ids(engine)) == 1


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
