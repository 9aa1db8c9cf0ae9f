"""The message that tells a channel that counting starts there."""

import itertools
import logging
from typing import Any

import discord

from bot.client.permissions import may_view
from bot.errors import reason
from bot.ledger.records import WHOLE_SERVER, ChannelMode
from bot.usecases.records.server import Notice

log = logging.getLogger(__name__)

MAX_PLACES = 3
"""Channels in which a notice is tried."""

Place = discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.Thread
NO_MESSAGES_OF_ITS_OWN = (discord.ChannelType.forum, discord.ChannelType.media)


def place_of_notice(asked_in: int, channel_id: int, kind: discord.ChannelType | None) -> int:
    """Return where the notice goes: into the channel itself, unless it only holds threads (0, None: whole server)."""
    return asked_in if kind is None or kind in NO_MESSAGES_OF_ITS_OWN else channel_id


def places_of_return(guild: discord.Guild, row: ChannelMode) -> list[int]:
    """Return where a notice may go: where it was, the channel itself, the server's own, or any that all may read."""
    usual = (guild.get_channel_or_thread(one) for one in (row.notice_channel_id, row.channel_id) if one)
    readable = (one for one in guild.text_channels if may_view(one, guild.default_role))
    others = (guild.system_channel, *readable) if row.channel_id == WHOLE_SERVER else ()
    candidates = dict.fromkeys(one for one in (*usual, *others) if isinstance(one, Place))
    return [one.id for one in itertools.islice((one for one in candidates if _may_send(one)), MAX_PLACES)]


def _may_send(place: Place) -> bool:
    try:
        granted = place.permissions_for(place.guild.me)
    except discord.ClientException:
        return True
    needed = granted.send_messages_in_threads if isinstance(place, discord.Thread) else granted.send_messages
    return granted.view_channel and needed


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
