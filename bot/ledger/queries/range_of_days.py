"""What queries on sums by day share."""

from typing import Any

from sqlalchemy import ColumnElement, Row, Table

from bot.estimation.ranges import Range
from bot.ledger.periods import Period
from bot.ledger.schema import daily


def within(guild_id: int, period: Period, table: Table = daily) -> tuple[ColumnElement[bool], ...]:
    """Return what narrows a query on sums by day to a server's days."""
    return table.c.guild_id == guild_id, table.c.local_day >= period.start, table.c.local_day < period.end


def as_range(row: Row[Any], name: str) -> Range:
    """Return three columns of a row as one quantity."""
    return Range(*(float(getattr(row, f"{name}_{end}")) for end in Range._fields))
