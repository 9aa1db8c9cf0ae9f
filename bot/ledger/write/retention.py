"""Servers whose data is let go: those that removed the bot long ago, and those that ask for it.

Each transaction is bounded, and what a dying process leaves undone is taken up by the next run.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy import Connection, Table, delete, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.estimation.facts.retention import Retention
from bot.ledger.coordination.changes import SERVER, note_change
from bot.ledger.records import Purge
from bot.ledger.schema import (
    NO_SERVER,
    ai_bots,
    ai_pending,
    ai_questions,
    channels,
    daily,
    daily_measured,
    entries,
    gaps,
    notices,
    predictions,
    purges,
    recaps,
    servers,
    tombstones,
    watermarks,
)
from bot.ledger.write.erasure import BATCH_SIZE, batched
from bot.ledger.write.pruning import in_pieces
from bot.ledger.write.statements import forget_entries, insert_into, put
from bot.ledger.write.writer import Writer

LOOK_THROUGH = 20_000
"""Entries looked through for a server's per transaction: some tens of milliseconds, a few more to delete them."""

DAY = timedelta(days=1)

DAYS = (daily, daily_measured, predictions)
"""The tables of a server's sums by day."""


async def purge_left(
    writer: Writer, engine: AsyncEngine, now: datetime, kept: Retention, present: Collection[int] = ()
) -> list[int]:
    """Delete all data of servers that removed the bot longer ago than it is `kept`, and finish what was begun before.

    Returns the servers that were due. Those `present` aren't, whatever is noted of them.
    """
    before = now - kept.left_servers
    async with engine.connect() as connection:
        left = list(await connection.scalars(select(servers.c.guild_id).where(servers.c.left_at < before)))
    due = [one for one in left if one not in present]
    purged = [one for one in due if await writer.run(partial(_begin_left, guild_id=one, before=before, now=now))]
    await finish_purges(writer, engine)
    return purged


async def finish_purges(writer: Writer, engine: AsyncEngine) -> None:
    """Go on with what was begun: that it is to be deleted is settled."""
    async with engine.connect() as connection:
        begun = list(await connection.scalars(select(purges.c.guild_id)))
    for guild_id in begun:
        await _finish(writer, guild_id)
    if begun:
        await writer.overwrite_deleted()


async def reset(writer: Writer, guild_id: int, now: datetime) -> None:
    """Delete everything of a server that came before this call.

    Choices, watermarks and the last days' totals go in the first transaction, which also notes what else is to
    be deleted. So counting may begin anew at once.
    """
    await writer.run(partial(_begin, guild_id=guild_id, now=now))
    await _finish(writer, guild_id)
    await writer.overwrite_deleted()


def _begin_left(connection: Connection, guild_id: int, before: datetime, now: datetime) -> bool:
    """Begin to purge a server, unless it has come back meanwhile."""
    still = select(servers.c.guild_id).where(servers.c.guild_id == guild_id, servers.c.left_at < before)
    if connection.scalar(still) is None:
        return False
    _begin(connection, guild_id, now)
    return True


def _begin(connection: Connection, guild_id: int, now: datetime) -> None:
    before = (now - DAY).date()  # no local day that begins from now on is earlier
    newest = connection.scalar(select(func.max(entries.c.message_id))) or 0
    put(connection, purges, ("guild_id",), guild_id=guild_id, before_day=before, up_to_id=newest)
    for table in (servers, channels, notices, recaps, watermarks, gaps, ai_bots, ai_questions, ai_pending):
        connection.execute(delete(table).where(table.c.guild_id == guild_id))
    for table in DAYS:
        connection.execute(delete(table).where(table.c.guild_id == guild_id, table.c.local_day >= before))
    note_change(connection, SERVER, guild_id)


async def _finish(writer: Writer, guild_id: int) -> None:
    purge = await writer.run(partial(_begun, guild_id=guild_id))
    after = 0
    while after < purge.up_to_id:
        after = await writer.run(partial(_purge_entries, guild_id=guild_id, after=after, up_to=purge.up_to_id))
    await in_pieces(writer, partial(_take_server_off, guild_id=guild_id))
    for table in DAYS:
        await in_pieces(writer, partial(_delete_a_day, table=table, guild_id=guild_id, before=purge.before_day))
    await writer.run(partial(_end, guild_id=guild_id))


def _begun(connection: Connection, guild_id: int) -> Purge:
    query = select(purges.c.guild_id, purges.c.before_day, purges.c.up_to_id).where(purges.c.guild_id == guild_id)
    return Purge(*connection.execute(query).one())


def _end(connection: Connection, guild_id: int) -> None:
    connection.execute(delete(purges).where(purges.c.guild_id == guild_id))


def _purge_entries(connection: Connection, guild_id: int, after: int, up_to: int) -> int:
    """Look through some of the entries after an id, delete the server's; return how far that went."""
    ahead = select(entries.c.message_id, entries.c.guild_id)
    ahead = ahead.where(entries.c.message_id > after, entries.c.message_id <= up_to)
    rows = connection.execute(ahead.order_by(entries.c.message_id).limit(LOOK_THROUGH)).all()
    for some in batched([(message_id, guild) for message_id, guild in rows if guild == guild_id]):
        forget_entries(connection, some)
    return rows[-1].message_id if len(rows) == LOOK_THROUGH else up_to


def _take_server_off(connection: Connection, guild_id: int) -> int:
    """Leave some of the server's bare ids really bare: that they were of it is deleted too."""
    query = select(tombstones.c.message_id).where(tombstones.c.guild_id == guild_id).limit(BATCH_SIZE)
    ids = list(connection.scalars(query))
    if ids:
        rows = [{"message_id": message_id, "guild_id": NO_SERVER} for message_id in ids]
        connection.execute(insert_into(tombstones, connection.dialect).on_conflict_do_nothing(), rows)
        theirs = (tombstones.c.guild_id == guild_id, tombstones.c.message_id.in_(ids))
        connection.execute(delete(tombstones).where(*theirs))
    return len(ids)


def _delete_a_day(connection: Connection, table: Table, guild_id: int, before: date) -> int:
    """Delete a server's oldest day from a table of sums."""
    theirs = (table.c.guild_id == guild_id, table.c.local_day < before)
    day = connection.scalar(select(func.min(table.c.local_day)).where(*theirs))
    if day is None:
        return 0
    return connection.execute(delete(table).where(table.c.guild_id == guild_id, table.c.local_day == day)).rowcount
