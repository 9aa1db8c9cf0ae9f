"""What admins chose: for the server, and where messages are counted."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger.schema import channels, servers
from bot.ledger.write.statements import put

OFF, SILENT, REACTION, REPLY, DIGEST = "off", "silent", "reaction", "reply", "digest"
MODES = (OFF, SILENT, REACTION, REPLY, DIGEST)
WHOLE_SERVER = 0
"""The channel id that stands for every channel of a server without a choice of its own."""


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """A server's choices; None means the default.

    `left_at` is when the bot was removed; `joined_at` since when it is a member, or was, None where it never was
    (only the commands were added); `returned_at` when it was last invited again after a removal, and `notice_due`
    whether that is still to be told in the channels.
    """

    guild_id: int
    model: str | None = None
    zone: str | None = None
    language: str | None = None
    timezone: str | None = None
    first_locale: str | None = None
    left_at: datetime | None = None
    joined_at: datetime | None = None
    returned_at: datetime | None = None
    notice_due: bool | None = None


@dataclass(frozen=True, slots=True)
class ChannelMode:
    """What happens to messages of a channel, or of the whole server (channel 0), after message `since_id`.

    `min_tokens` None means the default; `notice_id` is the message that told so, in `notice_channel_id`.
    """

    guild_id: int
    channel_id: int
    mode: str
    since_id: int
    since_at: datetime
    min_tokens: int | None = None
    notice_id: int | None = None
    notice_channel_id: int | None = None


SETTINGS = tuple(field.name for field in fields(ServerSettings))
CHANNEL = tuple(field.name for field in fields(ChannelMode))


async def load_servers(engine: AsyncEngine) -> list[ServerSettings]:
    """Return the settings of every server that has some."""
    async with engine.connect() as connection:
        rows = await connection.execute(select(*(servers.c[name] for name in SETTINGS)))
        return [ServerSettings(*row) for row in rows]


async def load_channels(engine: AsyncEngine) -> list[ChannelMode]:
    """Return every choice about a channel."""
    async with engine.connect() as connection:
        rows = await connection.execute(select(*(channels.c[name] for name in CHANNEL)))
        return [ChannelMode(*row) for row in rows]


def put_server(connection: Connection, guild_id: int, **changes: Any) -> None:
    """Change some of a server's settings; the others stay."""
    put(connection, servers, ("guild_id",), guild_id=guild_id, **changes)


def put_channel(connection: Connection, row: ChannelMode) -> None:
    """Set what happens in a channel."""
    put(connection, channels, ("guild_id", "channel_id"), **{name: getattr(row, name) for name in CHANNEL})


def put_server_and_channels(
    connection: Connection, guild_id: int, changes: dict[str, Any], rows: Iterable[ChannelMode]
) -> None:
    """Change a server's settings and some of its channels together."""
    put_server(connection, guild_id, **changes)
    for row in rows:
        put_channel(connection, row)


def drop_channel(connection: Connection, guild_id: int, channel_id: int) -> None:
    """Forget a channel's own choice: it follows the server's again."""
    connection.execute(delete(channels).where(channels.c.guild_id == guild_id, channels.c.channel_id == channel_id))
