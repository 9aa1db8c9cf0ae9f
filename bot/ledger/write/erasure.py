"""Takes entries out, and leaves their bare ids behind so that a replay can't bring them back."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, delete, func, insert, literal, select

from bot.ledger.records import NAMELESS
from bot.ledger.schema import DAILY_SUMS, daily, entries, tombstones
from bot.ledger.write.statements import add_to_daily

BATCH_SIZE = 5_000
"""Rows deleted by one statement, and in `retention` by one transaction: some tens of milliseconds."""


def forget_entries(connection: Connection, ids: Sequence[int]) -> None:
    """Delete these entries, at most `BATCH_SIZE`; their ids stay."""
    connection.execute(insert(tombstones), [{"message_id": one} for one in ids])
    connection.execute(delete(entries).where(entries.c.message_id.in_(ids)))


def batched(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield pieces of at most `BATCH_SIZE`."""
    for start in range(0, len(ids), BATCH_SIZE):
        yield ids[start : start + BATCH_SIZE]


def erase_person(connection: Connection, user_id: int) -> int:
    """Delete somebody's entries and take the name off their sums; return how many entries there were.

    All in one transaction. The bare ids stay, so that a replay can't bring anything back.
    """
    ids = list(connection.scalars(select(entries.c.message_id).where(entries.c.author_id == user_id)))
    for some in batched(ids):
        forget_entries(connection, some)
    _make_nameless(connection, user_id)
    return len(ids)


def _make_nameless(connection: Connection, user_id: int) -> None:
    """Add somebody's daily sums to those of nobody in particular."""
    sums = [func.sum(daily.c[name]).label(name) for name in DAILY_SUMS]
    key = [daily.c.guild_id, daily.c.local_day, literal(NAMELESS), daily.c.channel_id]
    rows = select(*key, *sums).where(daily.c.author_id == user_id)
    rows = rows.group_by(daily.c.guild_id, daily.c.local_day, daily.c.channel_id)
    names = [column.name for column in daily.columns]
    connection.execute(add_to_daily(connection.dialect).from_select(names, rows))
    connection.execute(delete(daily).where(daily.c.author_id == user_id))
