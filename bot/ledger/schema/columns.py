"""What the tables are made of, and the collection that all of them are in."""

from sqlalchemy import BigInteger, Column, Float, MetaData

from bot.ledger.types import Snowflake

metadata = MetaData()

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


def lone_key(name: str) -> Column[int]:
    """Return the column of an id that is a key by itself."""
    return Column(name, Snowflake, primary_key=True, autoincrement=False)
