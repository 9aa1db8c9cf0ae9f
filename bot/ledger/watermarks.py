"""How far each channel is recorded, and what catch-up had to leave out."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger.schema import gaps, watermarks
from bot.ledger.write.statements import put, raise_watermark


@dataclass(frozen=True, slots=True)
class Watermark:
    """Everything in the channel (or thread) that counts is recorded up to this message."""

    channel_id: int
    guild_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Messages between these two, neither of them included, may not have been counted."""

    channel_id: int
    guild_id: int
    after_id: int
    before_id: int
    noted_at: datetime


async def load(engine: AsyncEngine, guild_id: int | None = None) -> dict[int, Watermark]:
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


def raise_to(connection: Connection, *, channel_id: int, guild_id: int, message_id: int) -> None:
    """Raise a channel's watermark; it never goes down."""
    row = {"channel_id": channel_id, "guild_id": guild_id, "message_id": message_id}
    connection.execute(raise_watermark(connection.dialect), row)


def leave_gap(connection: Connection, gap: Gap) -> None:
    """Note a gap that catch-up leaves open."""
    put(
        connection,
        gaps,
        ("channel_id", "after_id"),
        channel_id=gap.channel_id,
        after_id=gap.after_id,
        guild_id=gap.guild_id,
        before_id=gap.before_id,
        noted_at=gap.noted_at,
    )


def forget(connection: Connection, *, channel_id: int) -> None:
    """Forget a channel that is gone; its totals stay."""
    connection.execute(delete(watermarks).where(watermarks.c.channel_id == channel_id))
    connection.execute(delete(gaps).where(gaps.c.channel_id == channel_id))
