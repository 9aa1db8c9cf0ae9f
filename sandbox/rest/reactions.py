"""Reactions."""

from __future__ import annotations

from sandbox.errors import DiscordError
from sandbox.rest.core import Context, Route, limit_of, snowflake
from sandbox.state import payloads, permissions, reactions
from sandbox.state.models import Json, Message


async def add(context: Context) -> None:
    """The bot reacts. Without Add Reactions it may only join in."""
    services, emoji = context.services, context.parts["emoji"]
    channel = context.channel(permissions.READ_MESSAGE_HISTORY)
    message = context.message(channel)
    if emoji not in message.reactions:
        context.channel(permissions.ADD_REACTIONS)
    reactions.react(services.world, services.world.bot, message, emoji)


async def take_back(context: Context) -> None:
    """The bot takes its reaction back."""
    services = context.services
    message = context.message(context.channel())
    reactions.unreact(services.world, services.world.bot, message, context.parts["emoji"])


async def remove(context: Context) -> None:
    """With Manage Messages the bot removes another's reaction."""
    world = context.services.world
    message = _managed(context)
    user = world.users.get(context.id("user_id"))
    if user is None:
        raise DiscordError(10013)
    reactions.unreact(world, user, message, context.parts["emoji"])


async def clear(context: Context) -> None:
    """With Manage Messages the bot removes all reactions, or all with one emoji."""
    reactions.clear(context.services.world, _managed(context), context.parts.get("emoji"))


async def users(context: Context) -> list[Json]:
    """Who reacted with an emoji, in the order of their ids."""
    message, limit = context.message(context.channel()), limit_of(context.query, 25, 100)
    after = snowflake(context.query.get("after", "0"), "after")
    ids = sorted(one for one in message.reactions.get(context.parts["emoji"], []) if one > after)
    return [payloads.user(context.services.world.users[one]) for one in ids[:limit]]


def _managed(context: Context) -> Message:
    return context.message(context.channel(permissions.MANAGE_MESSAGES))


_BASE = "/channels/{channel_id}/messages/{message_id}/reactions"
ROUTES = [
    Route("PUT", _BASE + "/{emoji}/@me", add),
    Route("DELETE", _BASE + "/{emoji}/@me", take_back),
    Route("DELETE", _BASE + "/{emoji}/{user_id}", remove),
    Route("GET", _BASE + "/{emoji}", users),
    Route("DELETE", _BASE + "/{emoji}", clear),
    Route("DELETE", _BASE, clear),
]
