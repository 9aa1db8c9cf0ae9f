"""Statements that both engines take, and those few that each must be told in its own words."""

import json
from collections.abc import Iterable, Sequence
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

from bot.ledger.schema import NO_SERVER, daily, entries, measured_answers, tombstones, watermarks

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


def add_to_sums(table: Table, dialect: Dialect) -> Insert:
    """Return the INSERT that makes a row of sums, such as one of `daily`, or adds to those that are there."""
    statement = insert_into(table, dialect)
    key = [column.name for column in table.primary_key]
    sums = {column.name: column + statement.excluded[column.name] for column in table.columns if column.name not in key}
    return statement.on_conflict_do_update(index_elements=key, set_=sums)


def raise_watermark(dialect: Dialect) -> Insert:
    """Return the INSERT that makes a channel's watermark, or raises it; it never goes down."""
    statement = insert_into(watermarks, dialect)
    return statement.on_conflict_do_update(
        index_elements=["guild_id", "channel_id"],
        set_={"message_id": statement.excluded.message_id},
        where=statement.excluded.message_id > watermarks.c.message_id,
    )


Key = tuple[int, int]
"""Of an entry, a tombstone or a measured answer: the message, and its server.

Many of them go to the database as one or two values, where SQLAlchemy would write out a parameter for each.
"""


class BatchStatements:
    """The statements of a batch, compiled once; the driver runs them on plain tuples.

    SQLAlchemy Core would cost several times as much per row.
    """

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        known = (select(table.c.message_id).where(*_these(table, dialect)) for table in (entries, tombstones))
        self._known = " UNION ALL ".join(_sql(query, dialect) for query in known)
        self._newest = " UNION ALL ".join(
            _sql(select(func.max(table.c.message_id)), dialect) for table in (entries, tombstones)
        )
        self._entries = _sql(entries.insert(), dialect)
        self._daily = _sql(add_to_sums(daily, dialect), dialect)
        self._watermarks = _sql(raise_watermark(dialect), dialect)

    def known(self, connection: Connection, keys: Iterable[Key]) -> set[int]:
        """Return the ids of those that were recorded before, erased and pruned ones included.

        Live messages are newer than all that is known: most need no looking up.
        """
        newest = max(found or 0 for found in connection.exec_driver_sql(self._newest).scalars())
        old = [one for one in keys if one[0] <= newest]
        found: set[int] = set()
        if old:
            found.update(connection.exec_driver_sql(self._known, _packed(old, self._dialect)).scalars())
        return found

    def add_entries(self, connection: Connection, rows: Sequence[tuple[Any, ...]]) -> None:
        """Insert rows of `entries`; an id that is there already is an error."""
        connection.exec_driver_sql(self._entries, list(rows))

    def add_daily(self, connection: Connection, rows: Sequence[tuple[Any, ...]]) -> None:
        """Add rows to the sums of `daily`."""
        connection.exec_driver_sql(self._daily, list(rows))

    def raise_watermarks(self, connection: Connection, rows: Sequence[tuple[int, int, int]]) -> None:
        """Raise watermarks: rows of server, channel, message."""
        connection.exec_driver_sql(self._watermarks, list(rows))


def guilds_of(keys: Iterable[Key]) -> list[int]:
    """Return the servers that these are of."""
    return sorted({guild_id for _, guild_id in keys})


def is_known(connection: Connection, key: Key) -> bool:
    """Tell whether a message was recorded before, also if it was erased or pruned since."""
    message_id, guild_id = key
    found = (
        select(table.c.message_id).where(table.c.message_id == message_id, table.c.guild_id.in_((guild_id, NO_SERVER)))
        for table in (entries, tombstones)
    )
    return any(connection.scalar(query) is not None for query in found)


def forget_entries(connection: Connection, keys: Sequence[Key]) -> int:
    """Delete these entries, and leave their bare ids behind; return how many there were."""
    dialect = connection.dialect
    rows = select(entries.c.message_id, entries.c.guild_id).where(*_these(entries, dialect))
    tombstone = insert_into(tombstones, dialect).from_select(["message_id", "guild_id"], rows)
    packed = _packed(keys, dialect)
    connection.exec_driver_sql(_sql(tombstone.on_conflict_do_nothing(), dialect), packed)
    for table in (measured_answers, entries):
        deleted = connection.exec_driver_sql(_sql(delete(table).where(*_these(table, dialect)), dialect), packed)
    return deleted.rowcount


def _sql(statement: ClauseElement, dialect: Dialect) -> str:
    return str(statement.compile(dialect=dialect))


def _these(table: Table, dialect: Dialect) -> tuple[ColumnElement[bool], ...]:
    """Return what picks rows by one value, their ids; where rows can be spread by server, by a second one, those."""
    if dialect.name == "sqlite":
        return (literal_column(f"{table.name}.message_id IN (SELECT value FROM json_each(?1))"),)  # noqa: S608
    return (
        literal_column(f"{table.name}.message_id = ANY ($1::bigint[])"),
        literal_column(f"{table.name}.guild_id = ANY ($2::bigint[])"),
    )


def _packed(keys: Iterable[Key], dialect: Dialect) -> tuple[str] | tuple[list[int], list[int]]:
    """Return those values; bare ids may be of no server."""
    pairs = list(keys)
    ids = [message_id for message_id, _ in pairs]
    return (json.dumps(ids),) if dialect.name == "sqlite" else (ids, [NO_SERVER, *guilds_of(pairs)])
