"""Threads."""

from __future__ import annotations

from datetime import UTC, datetime

from sandbox.errors import DiscordError, field_error
from sandbox.rest.core import Context, Reply, Route, limit_of
from sandbox.state import payloads, permissions, snowflakes
from sandbox.state.models import NEWS_THREAD, PRIVATE_THREAD, PUBLIC_THREAD, Channel, Json

NAME_LIMIT = 100
PUBLIC = (NEWS_THREAD, PUBLIC_THREAD)


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


async def public_archived(context: Context) -> Json:
    """A channel's archived public threads, the last to be archived first."""
    return _archived(context, context.channel(permissions.READ_MESSAGE_HISTORY), PUBLIC)


async def private_archived(context: Context) -> Json:
    """A channel's archived private threads, for those who manage threads."""
    channel = context.channel(permissions.READ_MESSAGE_HISTORY, permissions.MANAGE_THREADS)
    return _archived(context, channel, (PRIVATE_THREAD,))


def _archived(context: Context, channel: Channel, kinds: tuple[int, ...]) -> Json:
    guild, limit = context.services.world.guild_of(channel), limit_of(context.query, 50, 100)
    threads = guild.threads.values() if guild else ()
    found = [one for one in threads if one.parent_id == channel.id and one.archived and one.type in kinds]
    found.sort(key=_archived_at, reverse=True)
    if "before" in context.query:
        before = _moment(context.query["before"])
        found = [one for one in found if _archived_at(one) < before]
    shown = [payloads.channel(one) for one in found[:limit]]
    return {"threads": shown, "members": [], "has_more": len(found) > limit}


def _archived_at(thread: Channel) -> datetime:
    return thread.archive_changed_at or snowflakes.created_at(thread.id)


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise field_error("before", "DATETIME_TYPE_PARSE", f"Could not parse {text}.") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


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
    Route("GET", "/channels/{channel_id}/threads/archived/public", public_archived),
    Route("GET", "/channels/{channel_id}/threads/archived/private", private_archived),
    Route("PUT", "/channels/{channel_id}/thread-members/@me", join),
    Route("GET", "/guilds/{guild_id}/threads/active", active),
]
