"""PostgreSQL's partitions of entries: one a month (UTC), by the time that ids tell, so that pruning drops a table.

Months are made ahead. What has no partition of its own (a month that nobody made in time, a clock that was wrong) is
kept in the default one: nothing is ever refused, and a month that began there stays there until it is pruned.
"""

import logging
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import DBAPIError

from bot.errors import reason
from bot.ledger.schema import entries
from bot.ledger.types import id_at, moment_of

log = logging.getLogger(__name__)

AHEAD = 3
"""Months that there are partitions for, the running one among them."""

LOCK_TIMEOUT = "2s"
"""How long to wait for whoever reads entries just then: everybody else would wait behind us."""

ADVISORY_LOCK = 7310_0002
"""The number of PostgreSQL's advisory lock: one process at a time makes or drops partitions."""

NAME = re.compile(r"entries_y(\d{4})m(\d\d)")


_CHILDREN = text(
    "SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid WHERE inhparent = 'entries'::regclass"
)


class Month(NamedTuple):
    """A month of UTC, and with it the partition of entries whose ids are of that time."""

    year: int
    month: int

    @classmethod
    def of(cls, message_id: int) -> "Month":
        """Return the month that an id tells."""
        return cls(*moment_of(message_id).timetuple()[:2])

    @property
    def table(self) -> str:
        """Return the partition's name."""
        return f"entries_y{self.year:04}m{self.month:02}"

    @property
    def first_id(self) -> int:
        """Return the lowest id of the month."""
        return id_at(datetime(self.year, self.month, 1, tzinfo=UTC))

    @property
    def next(self) -> "Month":
        """Return the month after."""
        return Month(self.year + self.month // 12, self.month % 12 + 1)


def months(since: datetime) -> Iterator[Month]:
    """Yield the month of that moment, and those after it that partitions are made for."""
    month = Month(since.astimezone(UTC).year, since.astimezone(UTC).month)
    for _ in range(AHEAD):
        yield month
        month = month.next


def make_ahead(connection: Connection, now: datetime) -> list[str]:
    """Make the partitions that are missing from this month on; return which. A month of the default one stays there."""
    return _make(connection, months(now))


def make_for(connection: Connection, message_ids: Iterable[int]) -> list[str]:
    """Make the partitions that these ids are of, however long past, where they are missing; return which."""
    return _make(connection, sorted({Month.of(one) for one in message_ids}))


def existing(connection: Connection) -> list[Month]:
    """Return the months that have a partition, the oldest first."""
    if connection.dialect.name != "postgresql":
        return []
    found = (NAME.fullmatch(name) for name in connection.scalars(_CHILDREN))
    return sorted(Month(int(one[1]), int(one[2])) for one in found if one)


def drop(connection: Connection, month: Month) -> int | None:
    """Drop a month's partition; return how many entries it had, None where somebody reads it for too long."""
    _lock(connection)
    if month not in existing(connection):
        return 0
    rows = connection.scalar(select(func.count()).select_from(text(month.table))) or 0
    try:
        with connection.begin_nested():
            connection.exec_driver_sql(f"DROP TABLE {month.table}")
    except DBAPIError as error:
        log.info("partition %s is in use (%s): its entries are deleted row by row", month.table, reason(error))
        return None
    return rows


def _make(connection: Connection, wanted: Iterable[Month]) -> list[str]:
    if connection.dialect.name != "postgresql":
        return []
    _lock(connection)
    there = set(existing(connection))
    return [month.table for month in wanted if month not in there and _tried(connection, month)]


def _lock(connection: Connection) -> None:
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})")
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")


def _tried(connection: Connection, month: Month) -> bool:
    first, end = month.first_id, month.next.first_id
    held = select(entries.c.message_id).where(entries.c.message_id >= first, entries.c.message_id < end).limit(1)
    if connection.scalar(held) is not None:
        return False  # of the default partition: there is no other for it
    try:
        with connection.begin_nested():
            bounds = f"FOR VALUES FROM ({first}) TO ({end})"
            connection.exec_driver_sql(f"CREATE TABLE {month.table} PARTITION OF entries {bounds}")
    except DBAPIError as error:
        log.info("partition %s can't be made now: %s", month.table, reason(error))
        return False
    return True
