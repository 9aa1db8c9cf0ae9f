"""How far each channel is recorded, and what a backfill had to leave out."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger.records import Gap, Watermark
from bot.ledger.schema import gaps, watermarks


async def load_watermarks(engine: AsyncEngine, guild_id: int | None = None) -> dict[int, Watermark]:
    """Return all watermarks by channel, or one server's."""
    query = select(watermarks.c.channel_id, watermarks.c.guild_id, watermarks.c.message_id)
    if guild_id is not None:
        query = query.where(watermarks.c.guild_id == guild_id)
    async with engine.connect() as connection:
        return {row.channel_id: Watermark(*row) for row in await connection.execute(query)}


async def list_gaps(engine: AsyncEngine, guild_id: int | None = None) -> list[Gap]:
    """Return the gaps left open, newest first, of all servers or of one."""
    query = select(gaps).order_by(gaps.c.noted_at.desc(), gaps.c.channel_id, gaps.c.after_id)
    if guild_id is not None:
        query = query.where(gaps.c.guild_id == guild_id)
    async with engine.connect() as connection:
        return [Gap(**row) for row in (await connection.execute(query)).mappings()]
