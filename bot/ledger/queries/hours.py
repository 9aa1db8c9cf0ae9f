"""A server's messages by the hour of the week, as the server's clocks show it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, literal_column, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger.periods import Period, first_id
from bot.ledger.schema import entries
from bot.ledger.types import DISCORD_EPOCH_MS

QUARTER = timedelta(minutes=15)
"""No timezone is shifted by less."""

IDS_PER_QUARTER: ColumnElement[int] = literal_column(str((QUARTER // timedelta(milliseconds=1)) << 22))
"""Written out: PostgreSQL takes an expression with parameters for another one where it groups by it."""

EPOCH = datetime.fromtimestamp(DISCORD_EPOCH_MS / 1000, UTC)

Hours = list[list[int]]
"""Messages by weekday, Monday first, and hour."""


async def by_hour(engine: AsyncEngine, guild_id: int, period: Period, timezone: ZoneInfo) -> Hours:
    """Return how many messages each hour of the week had, over days that the entries still know.

    Ids tell the time, so a stretch of days is a stretch of the key; the database counts quarters of hours in UTC,
    and each is one hour there, also where the clocks change in between.
    """
    quarter = (entries.c.message_id // IDS_PER_QUARTER).label("quarter")
    first, end = (first_id(day, timezone) for day in period)
    query = select(quarter, func.count()).where(
        entries.c.message_id >= first, entries.c.message_id < end, entries.c.guild_id == guild_id
    )
    counted: Hours = [[0] * 24 for _ in range(7)]
    async with engine.connect() as connection:
        for number, messages in await connection.execute(query.group_by(quarter)):
            local = (EPOCH + int(number) * QUARTER).astimezone(timezone)
            counted[local.weekday()][local.hour] += messages
    return counted
