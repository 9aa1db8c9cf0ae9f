"""The moment by which things are to be deleted: planned by one run, confirmed by one that is a day later or more."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update

from bot.ledger.schema import key_value, servers
from bot.ledger.types import milliseconds
from bot.ledger.write.statements import put

KEY = "retention planned at"
AT_LEAST = timedelta(days=1)


def plan(connection: Connection, now: datetime) -> None:
    """Plan to delete what is due now."""
    put(connection, key_value, ("name",), name=KEY, value=str(milliseconds(now)))


def confirm(connection: Connection, now: datetime) -> datetime | None:
    """Return the moment planned, if that was a day ago at least; plan if there is none, or one that is yet to come."""
    value = connection.scalar(select(key_value.c.value).where(key_value.c.name == KEY))
    elapsed = timedelta(milliseconds=milliseconds(now) - int(value)) if value is not None else None
    if elapsed is None or elapsed < timedelta():
        plan(connection, now)
        return None
    return now - elapsed if elapsed >= AT_LEAST else None


def correct_departures(connection: Connection, now: datetime) -> None:
    """Put back to now what is noted to have left later: a wrong clock's word, that would keep the data too long."""
    connection.execute(update(servers).where(servers.c.left_at > now).values(left_at=now))
