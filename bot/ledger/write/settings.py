"""Keeps what admins chose: for the server, and where messages are counted."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, delete

from bot.ledger.records import ChannelMode
from bot.ledger.schema import channels, servers
from bot.ledger.write.statements import put


def put_server(connection: Connection, guild_id: int, **changes: Any) -> None:
    """Change some of a server's settings; the others stay."""
    put(connection, servers, ("guild_id",), guild_id=guild_id, **changes)


def put_channel(connection: Connection, row: ChannelMode) -> None:
    """Set what happens in a channel."""
    put(connection, channels, ("guild_id", "channel_id"), **asdict(row))


def drop_channel(connection: Connection, guild_id: int, channel_id: int) -> None:
    """Forget a channel's own choice: it follows the server's again."""
    connection.execute(delete(channels).where(channels.c.guild_id == guild_id, channels.c.channel_id == channel_id))
