"""Migrations keep what there is, undo themselves, and make what the program expects."""

from functools import partial

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from making import entry, ids
from sqlalchemy import Connection, String, Text, inspect
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger import migrate
from bot.ledger.queries.key_value import get_value
from bot.ledger.schema import entries, metadata
from bot.ledger.write.key_value import put_value
from bot.ledger.write.writer import Writer


def differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), metadata))


async def test_they_make_what_the_program_expects(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_data_through_down_and_up(engine: AsyncEngine) -> None:
    async with Writer(engine) as writer:
        await writer.run(partial(put_value, name="a", value="1"))
        writer.record(entry(1))
    await migrate.downgrade(engine, "0001")
    async with engine.connect() as connection:
        names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    assert sorted(names) == ["alembic_version", "memory"]
    await migrate.upgrade(engine)
    assert await get_value(engine, "a") == "1"
    async with Writer(engine) as writer:
        writer.record(entry(2))
    assert len(await ids(engine)) == 1


def test_no_column_of_an_entry_could_hold_a_message() -> None:
    for column in entries.columns:
        assert not isinstance(column.type, Text), column.name
        assert not isinstance(column.type, String) or (column.type.length or 999) <= 128, column.name
