"""Changes to watermarks that aren't their usual rise."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger.schema import entries, watermarks
from bot.ledger.write.statements import insert_into


async def newest_entry(engine: AsyncEngine) -> int:
    """Return the newest entry of all; 0 where there is none."""
    async with engine.connect() as connection:
        return await connection.scalar(select(func.max(entries.c.message_id))) or 0


async def newest_entries(engine: AsyncEngine, guild_id: int, channel_ids: Sequence[int], before: int) -> dict[int, int]:
    """Return a server's newest entry before an id, by channel. Looks through the table: for what happens once."""
    newest = select(entries.c.channel_id, func.max(entries.c.message_id)).where(entries.c.guild_id == guild_id)
    newest = newest.where(entries.c.channel_id.in_(channel_ids), entries.c.message_id < before)
    async with engine.connect() as connection:
        rows = await connection.execute(newest.group_by(entries.c.channel_id))
        return {row[0]: row[1] for row in rows}


def lower(connection: Connection, guild_id: int, channel_id: int, message_id: int) -> None:
    """Put a watermark back."""
    this = (watermarks.c.guild_id == guild_id, watermarks.c.channel_id == channel_id)
    connection.execute(update(watermarks).where(*this).values(message_id=message_id))


def begin(connection: Connection, channel_id: int, guild_id: int, message_id: int) -> bool:
    """Give a channel without a watermark one; tell whether it had none."""
    row = {"channel_id": channel_id, "guild_id": guild_id, "message_id": message_id}
    statement = insert_into(watermarks, connection.dialect).values(**row).on_conflict_do_nothing()
    return connection.execute(statement).rowcount > 0


def take_back(connection: Connection, guild_id: int, channel_id: int, message_id: int) -> None:
    """Undo `begin`, unless the watermark has risen since."""
    this = (watermarks.c.guild_id == guild_id, watermarks.c.channel_id == channel_id)
    connection.execute(delete(watermarks).where(*this, watermarks.c.message_id == message_id))
