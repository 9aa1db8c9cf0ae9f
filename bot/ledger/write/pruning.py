"""What is let go everywhere: old entries, bare ids that nothing can bring back, old gaps and choices.

Each transaction is bounded, and what a dying process leaves undone is taken up by the next run.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection, delete, func, or_, select

from bot.estimation.facts.retention import Retention
from bot.ledger import partitions
from bot.ledger.coordination.changes import forget_changes
from bot.ledger.schema import entries, gaps, measured_answers, people, tombstones, watermarks
from bot.ledger.types import id_at, moment_of
from bot.ledger.write.erasure import BATCH_SIZE
from bot.ledger.write.statements import forget_entries
from bot.ledger.write.writer import Writer


async def prune(writer: Writer, now: datetime, replayable: timedelta, kept: Retention) -> int:
    """Delete entries older than they are `kept`; daily totals stay. Return how many there were.

    `replayable` is how far back a replay or a catch-up can reach: younger ids stay behind, bare.
    """
    before = id_at(now - kept.entries)
    pruned = await _drop_months(writer, before, now, replayable)
    pruned += await in_pieces(writer, partial(_prune_entries, before=before))
    await in_pieces(writer, partial(_forget_ids, now=now, replayable=replayable))
    await writer.run(partial(_forget_gaps, before=now - kept.entries))
    await writer.run(partial(_forget_choices, before=now - replayable))
    await writer.run(forget_changes)
    if pruned:
        await writer.truncate_log()
    return pruned


async def in_pieces(writer: Writer, piece: Callable[[Connection], int]) -> int:
    """Run a piece of work in transactions of its own until there is none left; return how much there was."""
    done = 0
    while now_done := await writer.run(piece):
        done += now_done
    return done


async def _drop_months(writer: Writer, before: int, now: datetime, replayable: timedelta) -> int:
    """Drop the months that are older as a whole, and that nothing can bring back; return how many entries that was."""
    dropped = 0
    for month in await writer.run(partial(_old_months, before=before, now=now, replayable=replayable)):
        dropped += await writer.run(partial(_drop_month, month=month))
    return dropped


def _old_months(connection: Connection, before: int, now: datetime, replayable: timedelta) -> list[partitions.Month]:
    found = partitions.existing(connection)
    limit = min(before, _oldest_replayable(connection, now, replayable)) if found else 0
    return [month for month in found if month.next.first_id <= limit]


def _drop_month(connection: Connection, month: partitions.Month) -> int:
    """Drop a month; no bare ids stay behind, as they would be forgotten at once. None can be in the way: see `drop`."""
    dropped = partitions.drop(connection, month)
    if dropped is None:
        return 0
    ids = measured_answers.c.message_id
    connection.execute(delete(measured_answers).where(ids >= month.first_id, ids < month.next.first_id))
    return dropped


def _prune_entries(connection: Connection, before: int) -> int:
    """Prune some of the entries with ids below this one."""
    query = select(entries.c.message_id, entries.c.guild_id).where(entries.c.message_id < before).limit(BATCH_SIZE)
    keys = [(message_id, guild_id) for message_id, guild_id in connection.execute(query)]
    if keys:
        forget_entries(connection, keys)
    return len(keys)


def _oldest_replayable(connection: Connection, now: datetime, replayable: timedelta) -> int:
    """Return the id before which nothing can bring a message back.

    Age is counted from the newest message known where that is older than the clock's now: a clock that jumps
    ahead forgets nothing too early.
    """
    newest = max(
        connection.scalar(select(func.max(table.c.message_id))) or 0 for table in (entries, tombstones, watermarks)
    )
    return id_at(min(now, moment_of(newest)) - replayable)


def _forget_ids(connection: Connection, now: datetime, replayable: timedelta) -> int:
    """Forget some bare ids that nothing can bring back."""
    limit = _oldest_replayable(connection, now, replayable)
    ids = list(
        connection.scalars(select(tombstones.c.message_id).where(tombstones.c.message_id < limit).limit(BATCH_SIZE))
    )
    if ids:
        connection.execute(delete(tombstones).where(tombstones.c.message_id.in_(ids)))
    return len(ids)


def _forget_gaps(connection: Connection, before: datetime) -> None:
    connection.execute(delete(gaps).where(gaps.c.noted_at < before))


def _forget_choices(connection: Connection, before: datetime) -> None:
    """Forget people who are counted again like everybody else, once history can't reach back to when they weren't."""
    plain = (people.c.opted_out_at.is_(None), people.c.quiet.is_(False))
    back = or_(people.c.counted_from.is_(None), people.c.counted_from < before)
    connection.execute(delete(people).where(*plain, back))
