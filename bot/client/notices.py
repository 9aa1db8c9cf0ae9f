"""The message that tells a channel that counting starts there."""

import logging
from typing import Any

import discord

from bot.errors import reason
from bot.usecases.records.server import Notice

log = logging.getLogger(__name__)

NO_MESSAGES_OF_ITS_OWN = (discord.ChannelType.forum, discord.ChannelType.media)


def place_of_notice(asked_in: int, channel_id: int, kind: discord.ChannelType | None) -> int:
    """Return where the notice goes: into the channel itself, unless it only holds threads (0, None: whole server)."""
    return asked_in if kind is None or kind in NO_MESSAGES_OF_ITS_OWN else channel_id


async def post_notice(
    client: discord.Client, guild_id: int, channel_id: int, **content: Any
) -> tuple[Notice, int | None]:
    """Post it; return whether Discord took it, and the message's id."""
    channel = client.get_partial_messageable(channel_id, guild_id=guild_id)
    try:
        message = await channel.send(**{name: value for name, value in content.items() if value is not None})
    except discord.HTTPException as error:
        log.info("no notice in channel %d: %s", channel_id, reason(error))
        return Notice(channel_id, posted=False), None
    return Notice(channel_id, posted=True), message.id
