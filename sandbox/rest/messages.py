"""Messages in channels."""

from __future__ import annotations

import time

from sandbox import limits
from sandbox.errors import DiscordError, field_error
from sandbox.rest.core import Context, Route, limit_of, snowflake, valid, valid_edit
from sandbox.state import permissions, views
from sandbox.state.models import CATEGORY, Channel, Json, Message

NONCE_SECONDS = 300.0
"""How long `enforce_nonce` recognises a message again: "the past few minutes"."""

BULK_DAYS = 14
REPLIABLE = (0, 19, 20, 23)
"""Message types one can reply to: ordinary ones, replies, and answers to commands."""


async def history(context: Context) -> list[Json]:
    """Messages before, after or around an id, newest first; none without Read Message History."""
    channel = context.channel()
    limit = limit_of(context.query, 50, 100)
    if not _granted(context, channel) & permissions.READ_MESSAGE_HISTORY:
        return []
    if "around" in context.query:
        middle = snowflake(context.query["around"], "around")
        found = channel.history.before(middle, limit // 2, _public)
        found = channel.history.after(middle - 1, limit - len(found), _public) + found
    elif "after" in context.query:
        found = channel.history.after(snowflake(context.query["after"], "after"), limit, _public)
    else:
        end = snowflake(context.query["before"], "before") if "before" in context.query else None
        found = channel.history.before(end, limit, _public)
    return [_shown(context, channel, message) for message in found]


async def get(context: Context) -> Json:
    """One message; 50013 without Read Message History."""
    channel = context.channel(permissions.READ_MESSAGE_HISTORY)
    return _shown(context, channel, context.message(channel))


async def create(context: Context) -> Json:
    """The bot writes. Permissions, limits, replies and nonces are checked in about Discord's order."""
    services, channel, body = context.services, context.channel(), context.table
    _may_write(context, channel)
    valid(limits.check_message(body, context.file_fields, creating=True))
    if limits.empty_message(body, context.file_fields):
        raise DiscordError(50006)
    _may_show(context, channel)
    nonce = body.get("nonce") if body.get("enforce_nonce") else None
    if nonce is not None and (known := _made_by(context, channel, str(nonce))) is not None:
        return known.data
    replied = _replied(context, channel)
    message = services.messages.post(services.world.bot, channel, body, context.uploads, reply_to=replied)
    if nonce is not None:
        services.keep_nonce(channel.id, str(nonce), message.id, time.monotonic())
    return message.data


async def patch(context: Context) -> Json:
    """The bot edits its own message (50005 for others')."""
    channel = context.channel()
    message, body = context.message(channel), context.table
    if message.author_id != context.services.world.bot.id:
        raise DiscordError(50005)
    valid_edit(message, body, context.file_fields)
    _may_show(context, channel)
    context.services.messages.edit(message, body, context.uploads)
    return views.rest_message(message, context.services.world.bot.id)


async def delete(context: Context) -> None:
    """The bot deletes its own message, or with Manage Messages another's."""
    channel = context.channel()
    message = context.message(channel)
    if message.author_id != context.services.world.bot.id:
        context.channel(permissions.MANAGE_MESSAGES)
    context.services.messages.delete(message)


async def bulk_delete(context: Context) -> None:
    """2 to 100 messages at once, none older than 14 days; unknown ones are passed over."""
    channel = context.channel(permissions.MANAGE_MESSAGES)
    ids = [snowflake(one, "messages") for one in context.table.get("messages") or []]
    if not 2 <= len(ids) <= 100:
        raise DiscordError(50016)
    oldest = context.services.world.ids.next() - (BULK_DAYS * 86_400_000 << 22)
    if any(one < oldest for one in ids):
        raise DiscordError(50034)
    found = [message for one in ids if (message := channel.history.get(one)) is not None]
    context.services.messages.delete_many(channel, found)


def _public(message: Message) -> bool:
    return message.ephemeral_for is None


def _granted(context: Context, channel: Channel) -> int:
    world = context.services.world
    return world.permissions(world.bot, channel)


def _shown(context: Context, channel: Channel, message: Message) -> Json:
    """A message as the app may read it: the Message Content intent rules the REST API too."""
    services = context.services
    data = views.rest_message(message, services.world.bot.id)
    hidden = services.faults.refuse_message_content and not channel.is_private
    return views.without_content(data) if hidden and not views.concerns(data, services.world.bot.id) else data


def _may_write(context: Context, channel: Channel) -> None:
    if channel.type == CATEGORY:
        raise DiscordError(50008)
    if channel.is_private:
        people = [user for user in channel.recipients if not user.bot]
        if not all(user.accepts_dms for user in people):
            raise DiscordError(50007)
        return
    context.channel(permissions.SEND_MESSAGES_IN_THREADS if channel.is_thread else permissions.SEND_MESSAGES)
    if channel.locked:
        raise DiscordError(50083)


def _may_show(context: Context, channel: Channel) -> None:
    """Embeds and files need their own permissions."""
    granted = _granted(context, channel)
    if context.table.get("embeds") and not granted & permissions.EMBED_LINKS:
        raise DiscordError(50013)
    if context.uploads and not granted & permissions.ATTACH_FILES:
        raise DiscordError(50013)


def _made_by(context: Context, channel: Channel, nonce: str) -> Message | None:
    """The message an enforced nonce already made."""
    message_id, at = context.services.nonces.get((channel.id, nonce), (0, 0.0))
    return channel.history.get(message_id) if time.monotonic() - at < NONCE_SECONDS else None


def _replied(context: Context, channel: Channel) -> Message | None:
    """The message a new one replies to. Errors: 160002, and 50035 for unknown and system messages."""
    reference = context.table.get("message_reference")
    if not reference or reference.get("type", 0) != 0:
        return None
    if not _granted(context, channel) & permissions.READ_MESSAGE_HISTORY:
        raise DiscordError(160002)
    message = channel.history.get(snowflake(reference.get("message_id"), "message_reference.message_id"))
    if message is None or message.ephemeral_for is not None:
        if reference.get("fail_if_not_exists", True):
            raise field_error("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
        return None
    if message.data["type"] not in REPLIABLE:
        code = "REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE"
        raise field_error("message_reference", code, "Cannot reply to a system message")
    return message


ROUTES = [
    Route("GET", "/channels/{channel_id}/messages", history),
    Route("POST", "/channels/{channel_id}/messages", create),
    Route("POST", "/channels/{channel_id}/messages/bulk-delete", bulk_delete),
    Route("GET", "/channels/{channel_id}/messages/{message_id}", get),
    Route("PATCH", "/channels/{channel_id}/messages/{message_id}", patch),
    Route("DELETE", "/channels/{channel_id}/messages/{message_id}", delete),
]
