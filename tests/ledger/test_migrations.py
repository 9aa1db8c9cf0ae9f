"""Migrations keep what there is, undo themselves, and make what the program expects."""

import contextlib
import itertools
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from making import GUILD, days_ago, entry, ids
from sqlalchemy import Connection, String, Text, event, insert, inspect, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import UserError
from bot.ledger import migrate
from bot.ledger.engine import for_writing
from bot.ledger.entries import entry_row
from bot.ledger.preferences import Preferences
from bot.ledger.queries.ai_bots import load_pending, load_questions
from bot.ledger.queries.watermarks import list_gaps, load_watermarks
from bot.ledger.schema import entries, key_value, metadata, tombstones
from bot.ledger.write.writer import Writer

REVISIONS = [one.revision for one in migrate._missing("base")]
"""All of them, in the order in which they run."""

PENDING = f"""INSERT INTO ai_pending
 (message_id, answer_id, guild_id, channel_id, bot_id, question_id, author_id, content, embeds, components)
 VALUES (20, 20, {GUILD}, 1, 2, NULL, 4, 30, 0, 0)"""
QUESTION = f"""INSERT INTO ai_questions
 (question_id, bot_id, guild_id, channel_id, predicted_low, predicted_expected, predicted_high)
 VALUES (10, 2, {GUILD}, 1, 1.0, 2.0, 3.0)"""


def differences(connection: Connection) -> list[object]:
    """What is there and isn't expected, or the other way round; months of entries are PostgreSQL's own matter."""

    def concerns(name: str | None, kind: str, _: object) -> bool:
        return not (kind == "table" and name and name.startswith("entries_"))

    options = {"include_name": concerns}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


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


class Cut:
    """Fails the n-th statement that changes anything, as if the process were killed there."""

    def __init__(self, engine: AsyncEngine, at: int) -> None:
        self._engine, self._left = engine.sync_engine, at
        self.happened = False

    def __enter__(self) -> "Cut":
        event.listen(self._engine, "before_cursor_execute", self._look)
        return self

    def __exit__(self, *_: object) -> None:
        event.remove(self._engine, "before_cursor_execute", self._look)

    def _look(self, *arguments: Any) -> None:
        if arguments[2].lstrip().startswith(("ALTER", "CREATE", "DELETE", "DROP", "INSERT", "LOCK", "UPDATE")):
            self._left -= 1
            if not self._left:
                self.happened = True
                raise InterruptedError


async def interrupted_everywhere(engine: AsyncEngine, revision: str) -> int:
    """Cut an upgrade at each of its statements; nothing of it may stay. Return how many there are."""
    before = await everything(engine)
    for at in itertools.count(1):
        with Cut(engine, at) as cut, contextlib.suppress(UserError):
            await migrate.upgrade(engine, revision)
        if not cut.happened:
            return at - 1
        assert await everything(engine) == before
    raise AssertionError


async def everything(engine: AsyncEngine) -> dict[str, Any]:
    """Return every table's columns and rows."""

    def look(sync: Connection) -> dict[str, Any]:
        inspector = inspect(sync)
        return {
            name: (
                sorted(str(column["name"]) for column in inspector.get_columns(name)),
                sorted(map(repr, sync.execute(text(f'SELECT * FROM "{name}"')).mappings())),
            )
            for name in inspector.get_table_names()
        }

    async with engine.connect() as connection:
        return await connection.run_sync(look)


@pytest.mark.slow
@pytest.mark.parametrize("revision", REVISIONS)
async def test_an_interrupted_migration_is_completed_by_the_next_start(engine: AsyncEngine, revision: str) -> None:
    """Every one, cut at each statement, with the rows that the tests know how to make at that time."""
    await migrate.downgrade(engine, before(revision))
    if REVISIONS.index(revision) > REVISIONS.index("0002"):
        await fill_as_of_0002(engine, "seen" if revision == "0003" else "tombstones")
    assert await interrupted_everywhere(engine, revision) >= 1
    assert await migrate.current(engine) == revision
    await migrate.upgrade(engine)
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []


def before(revision: str) -> str:
    at = REVISIONS.index(revision)
    return REVISIONS[at - 1] if at else "base"


async def fill_as_of_0002(engine: AsyncEngine, bare: str) -> None:
    """Some rows of the tables that there have been since then."""
    async with for_writing(engine).begin() as connection:
        for number in range(1, 4):
            row = {"n": number}
            await connection.execute(text(f"INSERT INTO {bare} (message_id) VALUES (:n)"), row)
            await connection.execute(
                text("INSERT INTO watermarks (channel_id, guild_id, message_id) VALUES (:n, 5, 9)"), row
            )
            await connection.execute(
                text("INSERT INTO gaps (channel_id, after_id, guild_id, before_id, noted_at) VALUES (:n, 1, 5, 2, 3)"),
                row,
            )


async def test_rows_of_the_version_before_stay(engine: AsyncEngine) -> None:
    """Entries, bare ids, watermarks, gaps, answers as of 0008: counts and sums stay, and nothing comes twice."""
    await migrate.downgrade(engine, "0008")
    sent = [entry(n, author=n % 7 + 1, at=days_ago(n % 80)) for n in range(200)]
    names = [column.name for column in entries.columns]
    async with for_writing(engine).begin() as connection:
        places = ", ".join(f":{name}" for name in names)
        rows = [dict(zip(names, entry_row(one), strict=True)) for one in sent]
        await connection.execute(text(f"INSERT INTO entries ({', '.join(names)}) VALUES ({places})"), rows)
        await connection.execute(text(PENDING))
        await connection.execute(text(QUESTION))
    await fill_as_of_0002(engine, "tombstones")
    before_it = await summed(engine)
    await migrate.upgrade(engine)
    assert await summed(engine) == before_it
    marks, left = await load_watermarks(engine), await list_gaps(engine, 5)
    assert ([mark.message_id for mark in marks.values()], len(left)) == ([9, 9, 9], 3)
    assert (await load_pending(engine, GUILD))[0]["content"] == 30
    assert (await load_questions(engine, GUILD))[0]["predicted_high"] == 3.0
    async with Writer(engine) as writer:
        for one in (*sent, entry(0)._replace(message_id=2)):
            writer.record(one)
        await writer.flush()
        assert writer.state.entries == 0, "those are known, and 2 is one of the bare ids"
        writer.record(entry(300))
        await writer.flush()
    assert len(await ids(engine)) == 201
    await migrate.downgrade(engine, "0008")
    assert (await summed(engine))[0] == 201


async def summed(engine: AsyncEngine) -> tuple[int, float, int]:
    query = "SELECT count(*), sum(energy_expected), (SELECT count(*) FROM tombstones) FROM entries"
    async with engine.connect() as connection:
        rows, energy, bare = (await connection.execute(text(query))).one()
    return rows, float(energy), bare


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
