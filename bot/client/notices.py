"""The message that tells a channel that counting starts there, and that it has stopped."""

import logging
from collections.abc import Callable, Sequence
from typing import Any

import discord

from bot.errors import reason
from bot.ledger.records import StoredNotice
from bot.usecases.records.server import Notice

log = logging.getLogger(__name__)

MAX_EDITED = 100
"""Notices edited when a server stops counting: one request each."""

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


async def end_notices(
    client: discord.Client, ended: Sequence[StoredNotice], text_of: Callable[[StoredNotice], str]
) -> None:
    """Edit notices that don't hold any more; those that are gone, or out of reach, stay as they are."""
    for one in ended[:MAX_EDITED]:
        channel = client.get_partial_messageable(one.channel_id, guild_id=one.guild_id)
        try:
            await channel.get_partial_message(one.message_id).edit(content=text_of(one), view=None)
        except (discord.HTTPException, discord.RateLimited, OSError) as error:
            log.info("the notice in channel %d stays as it is: %s", one.channel_id, reason(error))
