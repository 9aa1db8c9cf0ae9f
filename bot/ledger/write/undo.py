"""Takes back what was counted by mistake: entries go, and what they added to the sums goes with them."""

from collections.abc import Collection
from operator import neg

from sqlalchemy import ColumnElement, Connection, and_, delete, select

from bot.ledger.entries import daily_rows
from bot.ledger.records import ANSWER, MESSAGE, WHOLE_SERVER, Entry
from bot.ledger.schema import DAILY_KEY, daily, entries
from bot.ledger.write.erasure import BATCH_SIZE
from bot.ledger.write.measured_sums import take_back_measured
from bot.ledger.write.statements import BatchStatements


def take_back(connection: Connection, guild_id: int, since_id: int, concerned: ColumnElement[bool]) -> int:
    """Take back some of the messages counted after an id, at most `BATCH_SIZE`; return how many there were.

    No bare ids stay behind: what begins anew counts from later on.
    """
    theirs = (
        entries.c.message_id > since_id,
        entries.c.guild_id == guild_id,
        entries.c.kind.in_((MESSAGE, ANSWER)),
        concerned,
    )
    found = [Entry(*row) for row in connection.execute(select(entries).where(*theirs).limit(BATCH_SIZE))]
    if not found:
        return 0
    _subtract(connection, found)
    take_back_measured(connection, guild_id, [one for one in found if one.kind == ANSWER])
    ids = [one.message_id for one in found]
    connection.execute(delete(entries).where(entries.c.guild_id == guild_id, entries.c.message_id.in_(ids)))
    return len(found)


def in_channels(channel_id: int, threads: Collection[int], others: Collection[int]) -> ColumnElement[bool]:
    """Return which entries a choice concerns: a channel's with its threads, or a server's without the `others`."""
    if channel_id == WHOLE_SERVER:
        return entries.c.channel_id.not_in(list(others))
    return entries.c.channel_id.in_([channel_id, *threads])


def _subtract(connection: Connection, found: Collection[Entry]) -> None:
    width = len(DAILY_KEY)
    rows = [(*row[:width], *map(neg, row[width:])) for row in daily_rows(found)]
    BatchStatements(connection.dialect).add_daily(connection, rows)
    days, guild_id = {one.local_day for one in found}, next(iter(found)).guild_id
    empty = and_(daily.c.guild_id == guild_id, daily.c.local_day.in_(days), daily.c.messages <= 0)
    connection.execute(delete(daily).where(empty))
