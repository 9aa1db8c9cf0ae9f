"""The database server's clock, in the unit in which `Instant` is stored."""

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, cast, func, type_coerce

from bot.ledger.types import Instant


def now(plus: float = 0.0) -> ColumnElement[Any]:
    """Return the SQL of the moment, `plus` seconds from now (PostgreSQL)."""
    milliseconds = cast(func.extract("epoch", func.clock_timestamp()) * 1000, BigInteger)
    return type_coerce(milliseconds + int(plus * 1000), Instant)
