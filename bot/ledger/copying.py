"""Copies a ledger into another database, from SQLite to PostgreSQL or back: resumable, and checked row by row.

Rows go in the order of their keys, so what the target has tells where to go on. Nothing may write to either meanwhile.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

from sqlalchemy import Connection, Select, Table, delete, func, insert, inspect, literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.errors import UserError
from bot.ledger.engine import for_writing, shown
from bot.ledger.partitions import make_for
from bot.ledger.schema import changes, entries, identify_turns, job_claims, key_value, metadata, processes, shard_leases
from bot.ledger.write.statements import put

BATCH = 1000
MARK = "copy of"
"""The name in `key_value` under which a target notes whose copy it is, until that is whole."""

OF_PROCESSES = frozenset({processes, shard_leases, identify_turns, job_claims, changes})
"""Tables about running processes: a copy begins without any."""

COPIED = tuple(table for table in metadata.sorted_tables if table not in OF_PROCESSES)

Record = dict[Any, Any]
"""A row by the names of its columns."""

Progress = Callable[[int], object]
"""Told how many more rows are done."""


async def count_rows(engine: AsyncEngine) -> int:
    """Return how many rows there are to copy."""
    async with engine.connect() as connection:
        return sum([await _count(connection, table) for table in COPIED])


async def require_target(target: AsyncEngine, name: str) -> None:
    """Raise `UserError` unless the target is empty or holds a copy of the source called `name` that isn't whole yet.

    Of any version: nothing is changed, so that somebody else's database stays as it is.
    """
    async with target.connect() as connection:
        await connection.run_sync(_require_free, name)


async def require_whole(engine: AsyncEngine) -> None:
    """Raise `UserError` where a copy into this ledger was begun and isn't whole."""
    async with engine.connect() as connection:
        if await connection.run_sync(_mark_of) is not None:
            raise UserError("error.copy_unfinished", url=shown(engine.url))


async def copy_ledger(source: AsyncEngine, target: AsyncEngine, name: str, progress: Progress) -> None:
    """Copy all rows, or those that an earlier copy of the same source, called `name`, hadn't reached.

    Entries get a partition for each of their months. Raises `UserError` when the target has rows that aren't of such a
    copy.
    """
    async with for_writing(target).begin() as connection:
        await connection.run_sync(_mark, name)
    for table in COPIED:
        async with target.connect() as connection:
            after = await _last_key(connection, table)
            progress(await _count(connection, table))
        async for rows in _batches(source, table, after):
            async with for_writing(target).begin() as connection:
                if table is entries:
                    await connection.run_sync(make_for, [row["message_id"] for row in rows])
                await connection.execute(insert(table), rows)
            progress(len(rows))


async def compare_ledgers(source: AsyncEngine, target: AsyncEngine, progress: Progress) -> None:
    """Compare every row; `UserError` names the table of the first row that differs."""
    end: list[Record] = []
    for table in COPIED:
        copied = _batches(target, table)
        async for rows in _batches(source, table):
            if rows != await anext(copied, end):
                raise UserError("error.copy_differs", table=table.name)
            progress(len(rows))
        if await anext(copied, end):
            raise UserError("error.copy_differs", table=table.name)


async def call_whole(target: AsyncEngine) -> None:
    """Note that the copy is whole: from now on a bot may run on it."""
    async with for_writing(target).begin() as connection:
        await connection.execute(delete(key_value).where(key_value.c.name == MARK))


def _mark(target: Connection, name: str) -> None:
    """Note whose copy the target is to be."""
    _require_free(target, name)
    put(target, key_value, ("name",), name=MARK, value=name)


def _require_free(target: Connection, name: str) -> None:
    there = inspect(target).get_table_names()
    mark = _mark_of(target) if key_value.name in there else None
    if mark == name:
        return
    if mark is not None or any(_holds(target, table) for table in COPIED if table.name in there):
        raise UserError("error.copy_target")


def _holds(target: Connection, table: Table) -> bool:
    """Tell whether there are rows, of whatever columns."""
    return target.scalar(select(literal(1)).select_from(table).limit(1)) is not None


def _mark_of(connection: Connection) -> str | None:
    return connection.scalar(select(key_value.c.value).where(key_value.c.name == MARK))


async def _batches(
    engine: AsyncEngine, table: Table, after: Sequence[Any] | None = None
) -> AsyncIterator[list[Record]]:
    """Yield the rows beyond a key in the order of their keys, a thousand at a time."""
    keys = tuple(table.primary_key.columns)
    while True:
        query = _rows(table).order_by(*keys).limit(BATCH)
        if after is not None:
            query = query.where(tuple_(*keys) > tuple_(*map(literal, after, (key.type for key in keys))))
        async with engine.connect() as connection:
            rows = [Record(row) for row in (await connection.execute(query)).mappings()]
        if rows:
            yield rows
        if len(rows) < BATCH:
            return
        after = [rows[-1][key.name] for key in keys]


async def _last_key(connection: AsyncConnection, table: Table) -> Sequence[Any] | None:
    keys = tuple(table.primary_key.columns)
    newest = _rows(table).with_only_columns(*keys).order_by(*(key.desc() for key in keys)).limit(1)
    return (await connection.execute(newest)).first()


async def _count(connection: AsyncConnection, table: Table) -> int:
    return await connection.scalar(_rows(table).with_only_columns(func.count(), maintain_column_froms=True)) or 0


def _rows(table: Table) -> Select[Any]:
    """Return the query of a table's rows, but for the mark."""
    return select(table) if table is not key_value else select(table).where(key_value.c.name != MARK)
