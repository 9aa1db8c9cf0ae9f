"""What the tables are made of, and the collection that all of them are in."""

from typing import Any

from sqlalchemy import BigInteger, Column, Float, MetaData

from bot.ledger.types import Snowflake

metadata = MetaData()

BY_SERVER, REFERENCE, LOCAL = ({"distribution": one} for one in ("guild_id", "reference", "local"))
"""Where a table's rows would be in a database of several machines (Citus), as each table says in its `info`.

A table that grows with servers is spread by `guild_id`, which therefore is in every key of it. What people chose holds
everywhere, so each machine has all of it. What processes agree on stays on one.
"""

ENDS = ("low", "expected", "high")
"""The three columns of a quantity."""


def numbers(*names: str, nullable: bool = False) -> list[Column[float]]:
    """Return columns of numbers."""
    return [Column(name, Float(53), nullable=nullable) for name in names]


def ranges(*names: str, nullable: bool = False) -> list[Column[float]]:
    """Return three columns of numbers for each quantity."""
    return numbers(*(f"{name}_{end}" for name in names for end in ENDS), nullable=nullable)


def counts(*names: str) -> list[Column[int]]:
    """Return columns of whole numbers: ids, sums of counts."""
    return [Column(name, BigInteger, nullable=False) for name in names]


def keys(*names: str) -> list[Column[int]]:
    """Return columns of ids that are a key together."""
    return [Column(name, BigInteger, primary_key=True, autoincrement=False) for name in names]


def message_keys(**of_server: Any) -> list[Column[int]]:
    """Return the key of rows about a message: its id and its server.

    The id alone is unique already, and SQLite has it as the row's own number, so that rows stand in its order. But a
    database that is spread by server needs the server in every key.
    """
    return [lone_key("message_id"), Column("guild_id", BigInteger, primary_key=True, autoincrement=False, **of_server)]


def lone_key(name: str) -> Column[int]:
    """Return the column of an id that is a key by itself."""
    return Column(name, Snowflake, primary_key=True, autoincrement=False)
