"""What came of weekly recaps."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger.records import RecapOutcome, StoredRecap
from bot.ledger.schema import recaps


async def latest_recap(engine: AsyncEngine, guild_id: int) -> StoredRecap | None:
    """Return a server's latest recap, None where no week was claimed yet."""
    query = select(recaps.c.week, recaps.c.due_at, recaps.c.outcome, recaps.c.noted_at)
    async with engine.connect() as connection:
        row = (await connection.execute(query.where(recaps.c.guild_id == guild_id))).one_or_none()
    if row is None:
        return None
    return StoredRecap(guild_id, row.week, row.due_at, RecapOutcome(row.outcome), row.noted_at)
