"""A server's days: the first one counted, and the sums of each."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Table, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.ledger.periods import Period
from bot.ledger.queries.range_of_days import within
from bot.ledger.records import Day
from bot.ledger.schema import DAILY_SUMS, MEASURED_SUMS, daily, daily_measured


async def first_day(engine: AsyncEngine, guild_id: int) -> date | None:
    """Return the first day that anything was counted on, None for a server without any."""
    query = select(func.min(daily.c.local_day)).where(daily.c.guild_id == guild_id)
    async with engine.connect() as connection:
        return await connection.scalar(query)


async def by_day(engine: AsyncEngine, guild_id: int, period: Period) -> list[Day]:
    """Return the days of a period that have something, in order; what was measured as `measured_<name>`."""
    async with engine.connect() as connection:
        days = await _sums(connection, daily, DAILY_SUMS, guild_id, period)
        measured = await _sums(connection, daily_measured, MEASURED_SUMS, guild_id, period)
    nothing = dict.fromkeys(MEASURED_SUMS, 0)
    return [
        Day(day, sums | {f"measured_{name}": value for name, value in measured.get(day, nothing).items()})
        for day, sums in days.items()
    ]


async def _sums(
    connection: AsyncConnection, table: Table, names: Sequence[str], guild_id: int, period: Period
) -> dict[date, dict[str, float]]:
    sums = [func.sum(table.c[name]).label(name) for name in names]
    query = select(table.c.local_day, *sums).where(*within(guild_id, period, table))
    query = query.group_by(table.c.local_day).order_by(table.c.local_day)
    rows = (await connection.execute(query)).mappings()
    return {row["local_day"]: {name: _plain(row[name]) for name in names} for row in rows}


def _plain(value: object) -> float:
    """Return a number that JSON and spreadsheets know; some databases sum whole numbers as decimals."""
    return value if isinstance(value, (int, float)) else float(str(value))
