"""What the page shows at its start, through one user's eyes."""

from __future__ import annotations

from sandbox.services import Services
from sandbox.state import payloads
from sandbox.state.models import Channel, Guild, Json, User
from sandbox.state.permissions import ALL, VIEW_CHANNEL, in_guild
from sandbox.state.world import World


def state(services: Services, user: User) -> Json:
    """Guilds, private channels, users, the bot, its commands, and how to connect another one."""
    world = services.world
    mine = [guild for guild in world.guilds.values() if user.id in guild.members]
    world.dm(user)
    private = [one for one in world.channels.values() if one.is_private and user in one.recipients]
    return {
        "guilds": [_guild(world, guild, user) for guild in mine],
        "dms": [
            {
                "id": str(channel.id),
                "name": channel.name,
                "recipients": [payloads.user(one) for one in channel.recipients],
                "with_bot": world.bot in channel.recipients,
            }
            for channel in private
        ],
        "users": [_user(one) for one in world.users.values()],
        "me": str(user.id),
        "bot": {
            "id": str(world.bot.id),
            "username": world.bot.username,
            "global_name": world.bot.global_name,
            "application_id": str(world.application_id),
            "online": services.gateway.online,
            "first_command": world.identity.first_command,
        },
        "commands": services.commands.all(),
        "connect": {
            "api_root": services.api_root,
            "api_variable": world.identity.api_variable,
            "token": services.token,
            "token_variable": world.identity.token_variable,
        },
    }


def _user(user: User) -> Json:
    return {
        "id": str(user.id),
        "username": user.username,
        "global_name": user.global_name,
        "locale": user.locale,
        "color": user.color,
        "bot": user.bot,
    }


def _guild(world: World, guild: Guild, user: User) -> Json:
    channels = [one for one in guild.channels.values() if world.can_see(user, one)]
    threads = [one for one in guild.threads.values() if not one.archived and world.can_see(user, one)]
    return {
        "id": str(guild.id),
        "name": guild.name,
        "preferred_locale": guild.preferred_locale,
        "bot_member": world.has_bot(guild),
        "commands_authorized": guild.commands_authorized,
        "unavailable": guild.id in world.availability.outages,
        "channels": [{**payloads.channel(one), "hidden": _is_hidden(guild, one)} for one in channels],
        "threads": [payloads.channel(one) for one in threads],
        "roles": [payloads.role(one) for one in guild.roles.values()],
        "members": [
            {
                "user": payloads.user(one.user),
                "roles": [str(role) for role in one.roles],
                "admin": in_guild(guild, one) == ALL,
            }
            for one in guild.members.values()
        ],
    }


def _is_hidden(guild: Guild, channel: Channel) -> bool:
    """Whether @everyone can't view a channel."""
    everyone = channel.overwrites.get(guild.id)
    return everyone is not None and bool(everyone.deny & VIEW_CHANNEL)
