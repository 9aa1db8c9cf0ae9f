"""A server's days: the first one counted, and the sums of each."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger.periods import Period
from bot.ledger.queries.totals import within
from bot.ledger.records import Day
from bot.ledger.schema import DAILY_SUMS, daily


async def first_day(engine: AsyncEngine, guild_id: int) -> date | None:
    """Return the first day that anything was counted on, None for a server without any."""
    query = select(func.min(daily.c.local_day)).where(daily.c.guild_id == guild_id)
    async with engine.connect() as connection:
        return await connection.scalar(query)


async def by_day(engine: AsyncEngine, guild_id: int, period: Period) -> list[Day]:
    """Return the days of a period that have something, in order."""
    sums = [func.sum(daily.c[name]).label(name) for name in DAILY_SUMS]
    query = select(daily.c.local_day, *sums).where(*within(guild_id, period))
    query = query.group_by(daily.c.local_day).order_by(daily.c.local_day)
    async with engine.connect() as connection:
        return [
            Day(row["local_day"], {name: _plain(row[name]) for name in DAILY_SUMS})
            for row in (await connection.execute(query)).mappings()
        ]


def _plain(value: object) -> float:
    """Return a number that JSON and spreadsheets know; some databases sum whole numbers as decimals."""
    return value if isinstance(value, (int, float)) else float(str(value))
