"""Guilds, their channels, members and roles."""

from __future__ import annotations

from sandbox.errors import DiscordError
from sandbox.rest.core import Context, Route, limit_of, snowflake
from sandbox.state import members, payloads
from sandbox.state.models import Json


async def guild(context: Context) -> Json:
    """A guild the bot is a member of."""
    found = context.guild()
    counts = {
        "approximate_member_count": len(found.members),
        "approximate_presence_count": len(found.members),
    }
    return payloads.guild(found) | (counts if context.query.get("with_counts") in ("true", "1") else {})


async def channels(context: Context) -> list[Json]:
    """Its channels, threads not among them."""
    return [payloads.channel(channel) for channel in context.guild().channels.values()]


async def roles(context: Context) -> list[Json]:
    """Its roles."""
    return [payloads.role(role) for role in context.guild().roles.values()]


async def member(context: Context) -> Json:
    """One member; 10007 for a user who is none, 10013 for nobody."""
    found, user_id = context.guild(), context.id("user_id")
    if user_id not in context.services.world.users:
        raise DiscordError(10013)
    if user_id not in found.members:
        raise DiscordError(10007)
    return payloads.member(found.members[user_id])


async def list_members(context: Context) -> list[Json]:
    """Members in the order of their ids, after `after`."""
    found, limit = context.guild(), limit_of(context.query, 1, 1000)
    after = snowflake(context.query.get("after", "0"), "after")
    ids = sorted(key for key in found.members if key > after)[:limit]
    return [payloads.member(found.members[key]) for key in ids]


async def search_members(context: Context) -> list[Json]:
    """Members whose name begins with `query`."""
    found, limit = context.guild(), limit_of(context.query, 1, 1000)
    return [payloads.member(one) for one in members.named(found, context.query.get("query", ""))[:limit]]


ROUTES = [
    Route("GET", "/guilds/{guild_id}", guild),
    Route("GET", "/guilds/{guild_id}/channels", channels),
    Route("GET", "/guilds/{guild_id}/roles", roles),
    Route("GET", "/guilds/{guild_id}/members", list_members),
    Route("GET", "/guilds/{guild_id}/members/search", search_members),
    Route("GET", "/guilds/{guild_id}/members/{user_id}", member),
]
