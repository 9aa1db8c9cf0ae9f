"""Keeps what admins chose: for the server, and where messages are counted."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, delete, select

from bot.ledger.coordination.changes import SERVER, note_change
from bot.ledger.records import ChannelMode
from bot.ledger.schema import channels, servers
from bot.ledger.write.statements import put


def put_server(connection: Connection, guild_id: int, **changes: Any) -> None:
    """Change some of a server's settings; the others stay."""
    put(connection, servers, ("guild_id",), guild_id=guild_id, **changes)
    note_change(connection, SERVER, guild_id)


def put_channel(connection: Connection, row: ChannelMode) -> None:
    """Set what happens in a channel."""
    put(connection, channels, ("guild_id", "channel_id"), **asdict(row))
    note_change(connection, SERVER, row.guild_id)


def come_back(connection: Connection, guild_id: int, changes: dict[str, Any], rows: Iterable[ChannelMode]) -> bool:
    """Change a server's settings and some of its channels together, unless another process noted the same return."""
    known = select(servers.c.returned_at).where(servers.c.guild_id == guild_id).with_for_update()
    if connection.scalar(known) == changes["returned_at"]:
        return False
    put_server(connection, guild_id, **changes)
    for row in rows:
        put_channel(connection, row)
    return True


def drop_channel(connection: Connection, guild_id: int, channel_id: int) -> None:
    """Forget a channel's own choice: it follows the server's again."""
    connection.execute(delete(channels).where(channels.c.guild_id == guild_id, channels.c.channel_id == channel_id))
    note_change(connection, SERVER, guild_id)
