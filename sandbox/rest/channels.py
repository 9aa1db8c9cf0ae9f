"""Channels and typing."""

from __future__ import annotations

from sandbox.errors import DiscordError
from sandbox.rest.core import Context, Route
from sandbox.state import payloads
from sandbox.state.models import Json
from sandbox.state.permissions import MANAGE_CHANNELS, MANAGE_THREADS, SEND_MESSAGES


async def get(context: Context) -> Json:
    """A channel the bot sees."""
    return payloads.dm_for(context.channel(), context.services.world.bot)


async def patch(context: Context) -> Json:
    """Rename a channel or thread, change its topic, archive or lock a thread."""
    world, channel = context.services.world, context.channel()
    if channel.is_private:
        raise DiscordError(50003)
    own = channel.is_thread and channel.owner_id == world.bot.id
    if not own:
        context.channel(MANAGE_THREADS if channel.is_thread else MANAGE_CHANNELS)
    changes = context.table
    for key in ("name", "topic", "locked"):
        if key in changes:
            setattr(channel, key, changes[key])
    if "archived" in changes:
        world.set_archived(channel, archived=changes["archived"])
    world.tell_channel("THREAD_UPDATE" if channel.is_thread else "CHANNEL_UPDATE", channel)
    return payloads.channel(channel)


async def delete(context: Context) -> Json:
    """Delete a channel or thread; a private channel is only closed."""
    world, channel = context.services.world, context.channel()
    if not channel.is_private:
        context.channel(MANAGE_THREADS if channel.is_thread else MANAGE_CHANNELS)
        world.delete_channel(channel)
    return payloads.dm_for(channel, world.bot)


async def typing(context: Context) -> None:
    """The bot is seen typing for ten seconds."""
    channel = context.channel(SEND_MESSAGES)
    context.services.writing.typing(context.services.world.bot, channel)


ROUTES = [
    Route("GET", "/channels/{channel_id}", get),
    Route("PATCH", "/channels/{channel_id}", patch),
    Route("DELETE", "/channels/{channel_id}", delete),
    Route("POST", "/channels/{channel_id}/typing", typing),
]
