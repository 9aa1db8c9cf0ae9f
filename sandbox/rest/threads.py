"""Threads."""

from __future__ import annotations

from sandbox.errors import DiscordError, field_error
from sandbox.rest.core import Context, Reply, Route
from sandbox.state import payloads, permissions
from sandbox.state.models import PRIVATE_THREAD, PUBLIC_THREAD, Json

NAME_LIMIT = 100


async def from_message(context: Context) -> Reply:
    """A thread from a message; it gets the message's id. 160004 when there is one."""
    world = context.services.world
    channel = context.channel(permissions.CREATE_PUBLIC_THREADS)
    message = context.message(channel)
    if message.id in world.channels:
        raise DiscordError(160004)
    thread = world.add_thread(channel, _name(context), world.bot, thread_id=message.id)
    return Reply(201, payloads.channel(thread))


async def without_message(context: Context) -> Reply:
    """A thread of its own, private unless `type` says otherwise."""
    world = context.services.world
    kind = context.table.get("type", PRIVATE_THREAD)
    public = kind == PUBLIC_THREAD
    needed = permissions.CREATE_PUBLIC_THREADS if public else permissions.BITS["create_private_threads"]
    channel = context.channel(needed)
    thread = world.add_thread(channel, _name(context), world.bot, type=kind)
    return Reply(201, payloads.channel(thread))


async def active(context: Context) -> Json:
    """A guild's threads that are not archived."""
    threads = [one for one in context.guild().threads.values() if not one.archived]
    return {"threads": [payloads.channel(one) for one in threads], "members": [], "has_more": False}


async def archived(context: Context) -> Json:
    """A channel's archived public threads."""
    channel = context.channel(permissions.READ_MESSAGE_HISTORY)
    guild = context.services.world.guild_of(channel)
    threads = [one for one in guild.threads.values() if one.parent_id == channel.id] if guild else []
    found = [payloads.channel(one) for one in threads if one.archived and one.type == PUBLIC_THREAD]
    return {"threads": found, "members": [], "has_more": False}


async def join(context: Context) -> None:
    """The bot joins a thread (it may write in public ones without)."""
    context.channel()


def _name(context: Context) -> str:
    name = context.table.get("name")
    if not isinstance(name, str) or not 1 <= len(name) <= NAME_LIMIT:
        raise field_error("name", "BASE_TYPE_BAD_LENGTH", f"Must be between 1 and {NAME_LIMIT} in length.")
    return name


ROUTES = [
    Route("POST", "/channels/{channel_id}/messages/{message_id}/threads", from_message),
    Route("POST", "/channels/{channel_id}/threads", without_message),
    Route("GET", "/channels/{channel_id}/threads/archived/public", archived),
    Route("PUT", "/channels/{channel_id}/thread-members/@me", join),
    Route("GET", "/guilds/{guild_id}/threads/active", active),
]
