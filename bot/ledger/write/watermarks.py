"""Keeps how far each channel is recorded, and what a backfill had to leave out."""

from dataclasses import asdict

from sqlalchemy import Connection, delete

from bot.ledger.records import Gap
from bot.ledger.schema import gaps, watermarks
from bot.ledger.write.statements import put, raise_watermark


def raise_to(connection: Connection, *, channel_id: int, guild_id: int, message_id: int) -> None:
    """Raise a channel's watermark; it never goes down."""
    row = {"channel_id": channel_id, "guild_id": guild_id, "message_id": message_id}
    connection.execute(raise_watermark(connection.dialect), row)


def add_gap(connection: Connection, gap: Gap) -> None:
    """Note a gap that a backfill leaves open."""
    put(connection, gaps, ("guild_id", "channel_id", "after_id"), **asdict(gap))


def forget(connection: Connection, *, guild_id: int, channel_id: int) -> None:
    """Forget a server's channel that is gone; its totals stay."""
    for table in (watermarks, gaps):
        connection.execute(delete(table).where(table.c.guild_id == guild_id, table.c.channel_id == channel_id))
