"""Takes entries out, and leaves their bare ids behind so that a replay can't bring them back."""

from collections.abc import Iterator, Sequence
from functools import partial
from operator import itemgetter

from sqlalchemy import Connection, FromClause, Table, delete, func, literal, select, true
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger.records import NAMELESS
from bot.ledger.schema import DAILY_KEY, daily, daily_measured, entries
from bot.ledger.write import ai_pending
from bot.ledger.write.people import drop_quiet_offer
from bot.ledger.write.statements import Insert, Key, add_to_sums, forget_entries
from bot.ledger.write.writer import Writer

BATCH_SIZE = 5_000
"""Rows deleted by one statement, and in `retention` by one transaction: some tens of milliseconds."""

SEARCH_SIZE = 500
"""Ids taken from a reader at a time."""

MAX_SEARCHES = 5
"""For somebody who writes on all the while: what they write after the first search isn't what they asked to erase."""


def batched(keys: Sequence[Key]) -> Iterator[Sequence[Key]]:
    """Yield pieces of at most `BATCH_SIZE`."""
    for start in range(0, len(keys), BATCH_SIZE):
        yield keys[start : start + BATCH_SIZE]


async def erase_person(writer: Writer, engine: AsyncEngine, user_id: int) -> int:
    """Delete somebody's entries and take the name off their sums; return how many entries there were.

    The bare message ids stay, so that a replay can't bring anything back. Entries are looked for by a reader and
    deleted in pieces, so that recording goes on meanwhile; what was recorded behind the search is found by the next.
    """
    await writer.flush()
    erased = renamed = 0
    for _ in range(MAX_SEARCHES):
        keys = await _keys_of(engine, user_id)
        for some in batched(keys):
            erased += await writer.run(partial(_forget, keys=some))
        renamed += await writer.run(partial(_make_nameless, user_id=user_id))
        if not keys:
            break
    if await writer.run(partial(drop_quiet_offer, user_id=user_id)) or erased or renamed:
        await writer.overwrite_deleted()
    return erased


async def _keys_of(engine: AsyncEngine, user_id: int) -> list[Key]:
    """Return somebody's entries in the order of their servers, so that a piece is of few."""
    query = select(entries.c.message_id, entries.c.guild_id).where(entries.c.author_id == user_id)
    found: list[Key] = []
    async with engine.connect() as connection:
        async for some in (await connection.stream(query)).partitions(SEARCH_SIZE):
            found += [(row[0], row[1]) for row in some]
    return sorted(found, key=itemgetter(1, 0))


def _forget(connection: Connection, keys: Sequence[Key]) -> int:
    """Delete these entries; questions that an AI bot may be answering lose the name now, and go with the answer."""
    asked = ai_pending.open_among(connection, keys)
    ai_pending.make_questions_nameless(connection, asked)
    return forget_entries(connection, sorted(set(keys) - set(asked))) + len(asked)


def _make_nameless(connection: Connection, user_id: int) -> int:
    """Add somebody's daily sums to those of nobody in particular; return how many rows there were."""
    ai_pending.make_pending_nameless(connection, user_id)
    return sum(_move(connection, table, user_id) for table in (daily, daily_measured))


def _move(connection: Connection, table: Table, user_id: int) -> int:
    """Take the name off a table's rows.

    Where other processes may be adding to them, one statement takes them away and adds what they were at that moment.
    """
    gone = delete(table).where(table.c.author_id == user_id)
    if connection.dialect.name == "postgresql":
        taken = gone.returning(*table.columns).cte("taken")
        return connection.execute(_nameless(connection, table, taken)).rowcount
    theirs = select(table).where(table.c.author_id == user_id).subquery("theirs")
    connection.execute(_nameless(connection, table, theirs))
    return connection.execute(gone).rowcount


def _nameless(connection: Connection, table: Table, taken: FromClause) -> Insert:
    """Return the INSERT that adds rows of sums to those of nobody in particular."""
    names = [column.name for column in table.columns]
    sums = [func.sum(taken.c[name]).label(name) for name in names if name not in DAILY_KEY]
    rows = select(taken.c.guild_id, taken.c.local_day, literal(NAMELESS), taken.c.channel_id, *sums)
    rows = rows.group_by(taken.c.guild_id, taken.c.local_day, taken.c.channel_id)
    rows = rows.order_by(taken.c.guild_id, taken.c.local_day, taken.c.channel_id).where(true())
    return add_to_sums(table, connection.dialect).from_select(names, rows)
