"""Users, the bot's own account, and private channels."""

from __future__ import annotations

from sandbox.errors import DiscordError, field_error
from sandbox.rest.core import Context, Route, snowflake
from sandbox.state import payloads
from sandbox.state.models import Json


async def me(context: Context) -> Json:
    """The bot's account."""
    return payloads.me(context.services.world.bot)


async def user(context: Context) -> Json:
    """Any user by id; 10013 unknown."""
    found = context.services.world.users.get(context.id("user_id"))
    if found is None:
        raise DiscordError(10013)
    return payloads.user(found)


async def my_guilds(context: Context) -> list[Json]:
    """The guilds the bot is a member of."""
    world = context.services.world
    mine = [guild for guild in world.guilds.values() if world.has_bot(guild)]
    return [{**payloads.guild(guild), "owner": False, "permissions": "0"} for guild in mine]


async def leave_guild(context: Context) -> None:
    """The bot leaves a guild."""
    context.services.world.remove_bot(context.guild())


async def open_dm(context: Context) -> Json:
    """The private channel with a user; opening it always works, writing may not (50007)."""
    world = context.services.world
    found = world.users.get(snowflake(context.table.get("recipient_id"), "recipient_id"))
    if found is None or found is world.bot:
        raise field_error("recipient_id", "CANNOT_DM_USER", "Cannot send messages to this user")
    return payloads.dm_for(world.dm(found), world.bot)


ROUTES = [
    Route("GET", "/users/@me", me),
    Route("GET", "/users/@me/guilds", my_guilds),
    Route("DELETE", "/users/@me/guilds/{guild_id}", leave_guild),
    Route("POST", "/users/@me/channels", open_dm),
    Route("GET", "/users/{user_id}", user),
]
