"""Who may change a server's settings, and what the bot may do in its channels."""

from collections.abc import Iterable

import discord
from discord import app_commands
from discord.abc import GuildChannel

from bot.annotating import required_permissions
from bot.client.client import EmpreinteBot
from bot.client.invite_link import invite_link
from bot.errors import UserError
from bot.ledger.preferences import Preferences
from bot.ledger.records import OFF
from bot.presentation.server_settings import MissingPermission, State

WITH_MESSAGES = (
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.voice,
    discord.ChannelType.stage_voice,
    discord.ChannelType.forum,
    discord.ChannelType.media,
)
"""Channels that people write in, or in whose threads they do."""

ORDER = ("view_channel", "read_message_history", "send_messages", "send_messages_in_threads", "add_reactions")
"""The permissions as they are listed, the most fundamental first."""


def require_admin(interaction: discord.Interaction[EmpreinteBot]) -> None:
    """Refuse who may not manage the server: what Discord's menus hide, admins may show, so it is checked here.

    Raises discord.py's own errors, which `ErrorHandler` words.
    """
    if interaction.guild is None or not interaction.is_guild_integration():
        raise app_commands.NoPrivateMessage
    if not interaction.permissions.manage_guild:
        raise app_commands.MissingPermissions(["manage_guild"])


def is_member(interaction: discord.Interaction[EmpreinteBot]) -> bool:
    """Tell whether the bot itself is in the server, rather than its commands alone; an outage changes nothing."""
    return interaction.guild_id is not None and interaction.client.get_guild(interaction.guild_id) is not None


def require_member(interaction: discord.Interaction[EmpreinteBot]) -> None:
    """Refuse what takes messages where the bot gets none; `UserError` with the link that adds it."""
    if not is_member(interaction):
        assert interaction.guild_id is not None, "admins only"
        raise UserError("error.not_a_member", link=invite_link(interaction.application_id, interaction.guild_id))


def state(bot: EmpreinteBot, guild: discord.Guild, channels: Iterable[GuildChannel]) -> State:
    """Return what keeps the bot from doing in these channels what was asked for there."""
    found: dict[str, list[int]] = {}
    for channel in channels:
        mode = bot.ledger.preferences.mode_of(guild.id, channel.id)
        for name in required_permissions.missing(channel, mode.mode if mode else OFF):
            found.setdefault(name, []).append(channel.id)
    return State([MissingPermission(name, found[name]) for name in ORDER if name in found], bot.intents.message_content)


def counted(guild: discord.Guild, preferences: Preferences) -> list[GuildChannel]:
    """Return the channels whose messages are counted."""
    return [one for one in with_messages(guild) if preferences.mode_of(guild.id, one.id) is not None]


def with_messages(guild: discord.Guild) -> list[GuildChannel]:
    """Return the channels that people write in."""
    return [one for one in guild.channels if one.type in WITH_MESSAGES]
