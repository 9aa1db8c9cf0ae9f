"""Statements that both engines take, and those few that each must be told in its own words."""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import (
    ClauseElement,
    ColumnElement,
    Connection,
    Dialect,
    Table,
    delete,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

from bot.ledger.schema import DAILY_KEY, DAILY_SUMS, daily, entries, tombstones, watermarks

Insert = sqlite.Insert | postgresql.Insert


def insert_into(table: Table, dialect: Dialect) -> Insert:
    """Return an INSERT that knows ON CONFLICT."""
    return postgresql.insert(table) if dialect.name == "postgresql" else sqlite.insert(table)


def put(connection: Connection, table: Table, key: Iterable[str], **values: Any) -> None:
    """Insert a row, or change the given values of the one with that key."""
    names = list(key)
    statement = insert_into(table, connection.dialect).values(**values)
    change = {name: statement.excluded[name] for name in values if name not in names}
    if change:
        connection.execute(statement.on_conflict_do_update(index_elements=names, set_=change))
    else:
        connection.execute(statement.on_conflict_do_nothing(index_elements=names))


def add_to_daily(dialect: Dialect) -> Insert:
    """Return the INSERT that makes a row of `daily`, or adds to its sums."""
    statement = insert_into(daily, dialect)
    sums = {name: daily.c[name] + statement.excluded[name] for name in DAILY_SUMS}
    return statement.on_conflict_do_update(index_elements=list(DAILY_KEY), set_=sums)


def raise_watermark(dialect: Dialect) -> Insert:
    """Return the INSERT that makes a channel's watermark, or raises it; it never goes down."""
    statement = insert_into(watermarks, dialect)
    return statement.on_conflict_do_update(
        index_elements=["channel_id"],
        set_={"message_id": statement.excluded.message_id},
        where=statement.excluded.message_id > watermarks.c.message_id,
    )


_ONE_OF = {"sqlite": "IN (SELECT value FROM json_each(?1))", "postgresql": "= ANY ($1::bigint[])"}
"""Many ids as one value, where SQLAlchemy would write out a parameter for each."""


class BatchStatements:
    """The statements of a batch, compiled once; the driver runs them on plain tuples.

    SQLAlchemy Core would cost several times as much per row.
    """

    def __init__(self, dialect: Dialect) -> None:
        one_of = _ONE_OF[dialect.name]
        self._pack: Callable[[list[int]], str | list[int]] = json.dumps if dialect.name == "sqlite" else list[int]
        known = (select(table.c.message_id).where(_ids(table, one_of)) for table in (entries, tombstones))
        self._known = " UNION ALL ".join(_sql(query, dialect) for query in known)
        self._newest = " UNION ALL ".join(
            _sql(select(func.max(table.c.message_id)), dialect) for table in (entries, tombstones)
        )
        self._entries = _sql(entries.insert(), dialect)
        self._daily = _sql(add_to_daily(dialect), dialect)
        self._watermarks = _sql(raise_watermark(dialect), dialect)

    def known(self, connection: Connection, ids: Iterable[int]) -> set[int]:
        """Return those of the ids that were recorded before, erased and pruned ones included.

        Live messages are newer than all that is known: most need no looking up.
        """
        newest = max(found or 0 for found in connection.exec_driver_sql(self._newest).scalars())
        old = [one for one in ids if one <= newest]
        found: set[int] = set()
        if old:
            found.update(connection.exec_driver_sql(self._known, (self._pack(old),)).scalars())
        return found

    def add_entries(self, connection: Connection, rows: Sequence[tuple[Any, ...]]) -> None:
        """Insert rows of `entries`; an id that is there already is an error."""
        connection.exec_driver_sql(self._entries, list(rows))

    def add_daily(self, connection: Connection, rows: Sequence[tuple[Any, ...]]) -> None:
        """Add rows to the sums of `daily`."""
        connection.exec_driver_sql(self._daily, list(rows))

    def raise_watermarks(self, connection: Connection, rows: Sequence[tuple[int, int, int]]) -> None:
        """Raise watermarks: rows of channel, server, message."""
        connection.exec_driver_sql(self._watermarks, list(rows))


def forget_entries(connection: Connection, ids: Sequence[int]) -> int:
    """Delete these entries, and leave their bare ids behind; return how many there were."""
    dialect = connection.dialect
    these = _ids(entries, _ONE_OF[dialect.name])
    rows = select(entries.c.message_id).where(these)
    tombstone = insert_into(tombstones, dialect).from_select(["message_id"], rows).on_conflict_do_nothing()
    packed = (json.dumps(list(ids)) if dialect.name == "sqlite" else list(ids),)
    connection.exec_driver_sql(_sql(tombstone, dialect), packed)
    return connection.exec_driver_sql(_sql(delete(entries).where(these), dialect), packed).rowcount


def _sql(statement: ClauseElement, dialect: Dialect) -> str:
    return str(statement.compile(dialect=dialect))


def _ids(table: Table, one_of: str) -> ColumnElement[bool]:
    return literal_column(f"{table.name}.message_id {one_of}")
