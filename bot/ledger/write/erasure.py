"""Takes entries out, and leaves their bare ids behind so that a replay can't bring them back."""

from collections.abc import Iterator, Sequence
from functools import partial

from sqlalchemy import Connection, delete, func, literal, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger.records import NAMELESS
from bot.ledger.schema import DAILY_SUMS, daily, entries
from bot.ledger.write.people import drop_quiet_offer
from bot.ledger.write.statements import add_to_daily, forget_entries
from bot.ledger.write.writer import Writer

BATCH_SIZE = 5_000
"""Rows deleted by one statement, and in `retention` by one transaction: some tens of milliseconds."""

SEARCH_SIZE = 500
"""Ids taken from a reader at a time."""

MAX_SEARCHES = 5
"""For somebody who writes on all the while: what they write after the first search isn't what they asked to erase."""


def batched(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield pieces of at most `BATCH_SIZE`."""
    for start in range(0, len(ids), BATCH_SIZE):
        yield ids[start : start + BATCH_SIZE]


async def erase_person(writer: Writer, engine: AsyncEngine, user_id: int) -> int:
    """Delete somebody's entries and take the name off their sums; return how many entries there were.

    The bare message ids stay, so that a replay can't bring anything back. Entries are looked for by a reader and
    deleted in pieces, so that recording goes on meanwhile; what was recorded behind the search is found by the next.
    """
    await writer.flush()
    erased = renamed = 0
    for _ in range(MAX_SEARCHES):
        ids = await _ids_of(engine, user_id)
        for some in batched(ids):
            erased += await writer.run(partial(forget_entries, ids=some))
        renamed += await writer.run(partial(_make_nameless, user_id=user_id))
        if not ids:
            break
    if await writer.run(partial(drop_quiet_offer, user_id=user_id)) or erased or renamed:
        await writer.overwrite_deleted()
    return erased


async def _ids_of(engine: AsyncEngine, user_id: int) -> list[int]:
    query = select(entries.c.message_id).where(entries.c.author_id == user_id)
    found: list[int] = []
    async with engine.connect() as connection:
        async for some in (await connection.stream_scalars(query)).partitions(SEARCH_SIZE):
            found += some
    return found


def _make_nameless(connection: Connection, user_id: int) -> int:
    """Add somebody's daily sums to those of nobody in particular; return how many rows there were."""
    sums = [func.sum(daily.c[name]).label(name) for name in DAILY_SUMS]
    key = [daily.c.guild_id, daily.c.local_day, literal(NAMELESS), daily.c.channel_id]
    rows = select(*key, *sums).where(daily.c.author_id == user_id)
    rows = rows.group_by(daily.c.guild_id, daily.c.local_day, daily.c.channel_id)
    names = [column.name for column in daily.columns]
    connection.execute(add_to_daily(connection.dialect).from_select(names, rows))
    return connection.execute(delete(daily).where(daily.c.author_id == user_id)).rowcount
