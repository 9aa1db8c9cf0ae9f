"""Who may change a server's settings, what the bot may do in its channels, and who may see these."""

from collections.abc import Iterable
from typing import Any

import discord
from discord import app_commands
from discord.abc import GuildChannel

from bot.annotating import required_permissions
from bot.client.invite_link import invite_link
from bot.errors import UserError
from bot.ledger.preferences import Preferences
from bot.ledger.records import OFF
from bot.usecases.records.server import MissingPermission, State

WITH_MESSAGES = (
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.voice,
    discord.ChannelType.stage_voice,
    discord.ChannelType.forum,
    discord.ChannelType.media,
)
"""Channels that people write in, or in whose threads they do."""

POSTING = (discord.ChannelType.text, discord.ChannelType.news)
"""Channels that something may be posted in without anybody asking there."""

FOR_RECAP = ("view_channel", "send_messages", "attach_files")
"""What posting a recap takes; without the last, it comes without its picture."""

THREADS = (discord.ChannelType.public_thread, discord.ChannelType.private_thread, discord.ChannelType.news_thread)

ORDER = ("view_channel", "read_message_history", "send_messages", "send_messages_in_threads", "add_reactions")
"""The permissions as they are listed, the most fundamental first."""


def require_admin(interaction: discord.Interaction[Any]) -> None:
    """Refuse who may not manage the server: what Discord's menus hide, admins may show, so it is checked here.

    Raises discord.py's own errors, which `ErrorHandler` words.
    """
    if interaction.guild is None or not interaction.is_guild_integration():
        raise app_commands.NoPrivateMessage
    if not interaction.permissions.manage_guild:
        raise app_commands.MissingPermissions(["manage_guild"])


def countable(interaction: discord.Interaction[Any], channel_id: int) -> GuildChannel:
    """Return a channel of the server that the interaction is from; `UserError` for any other, or without messages.

    What an interaction says of a channel is what somebody typed: an id may be another server's.
    """
    channel = interaction.guild.get_channel(channel_id) if interaction.guild is not None else None
    if channel is None:
        raise UserError("error.not_here")
    if channel.type not in WITH_MESSAGES:
        raise UserError("error.not_countable")
    return channel


def postable(interaction: discord.Interaction[Any], channel_id: int) -> GuildChannel:
    """Return a channel of the server for posts of our own accord; `UserError` for any other, or no text channel."""
    channel = interaction.guild.get_channel(channel_id) if interaction.guild is not None else None
    if channel is None or channel.type not in POSTING:
        raise UserError("error.recap_place")
    return channel


def lacking(channel: GuildChannel, needed: Iterable[str]) -> list[str]:
    """Return which of these permissions the bot lacks in a channel."""
    granted = channel.permissions_for(channel.guild.me)
    return [name for name in needed if not getattr(granted, name)]


def is_member(interaction: discord.Interaction[Any]) -> bool:
    """Tell whether the bot itself is in the server, rather than its commands alone; an outage changes nothing."""
    return interaction.guild_id is not None and interaction.client.get_guild(interaction.guild_id) is not None


def member_guild(interaction: discord.Interaction[Any]) -> int | None:
    """Return the server whose choices and figures an answer may show: None where the bot is no member."""
    return interaction.guild_id if is_member(interaction) else None


def require_member(interaction: discord.Interaction[Any]) -> None:
    """Refuse what takes messages where the bot gets none; `UserError` with the link that adds it."""
    if not is_member(interaction):
        assert interaction.guild_id is not None, "admins only"
        raise UserError("error.not_a_member", link=invite_link(interaction.application_id, interaction.guild_id))


def require_posting(interaction: discord.Interaction[Any]) -> int:
    """Return the channel of the interaction, where the bot is a member and may write of its own accord.

    Raises `NoPrivateMessage` outside of servers, `UserError` where it isn't a member or may not write.
    """
    if interaction.guild_id is None or not interaction.is_guild_integration() or interaction.channel_id is None:
        raise app_commands.NoPrivateMessage
    require_member(interaction)
    if not _may_write(interaction, interaction.app_permissions):
        raise UserError("error.quiz_cannot_post")
    return interaction.channel_id


def require_sharing(interaction: discord.Interaction[Any]) -> int:
    """Return the channel of the interaction, where whoever presses may write, and the bot too, with embeds.

    Raises `NoPrivateMessage` outside of servers, `UserError` where the bot isn't a member or somebody may not write.
    """
    if interaction.guild_id is None or interaction.channel_id is None:
        raise app_commands.NoPrivateMessage
    if not is_member(interaction):
        raise UserError("error.share_cannot_post")
    timed_out = isinstance(interaction.user, discord.Member) and interaction.user.is_timed_out()
    if timed_out or not _may_write(interaction, interaction.permissions):
        raise UserError("error.share_not_allowed")
    if not (_may_write(interaction, interaction.app_permissions) and interaction.app_permissions.embed_links):
        raise UserError("error.share_cannot_post")
    return interaction.channel_id


def require_quiz_lead(interaction: discord.Interaction[Any], host_id: int) -> None:
    """Let through who started the quiz and who may manage the server; `UserError` for others."""
    if interaction.user.id != host_id and not interaction.permissions.manage_guild:
        raise UserError("error.quiz_not_yours")


def state(channels: Iterable[GuildChannel], preferences: Preferences, *, message_content: bool) -> State:
    """Return what keeps the bot from doing in these channels what was asked for there."""
    found: dict[str, list[int]] = {}
    for channel in channels:
        mode = preferences.mode_of(channel.guild.id, channel.id)
        for name in required_permissions.missing(channel, mode.mode if mode else OFF):
            found.setdefault(name, []).append(channel.id)
    return State([MissingPermission(name, found[name]) for name in ORDER if name in found], message_content)


def counted(guild: discord.Guild, preferences: Preferences) -> list[GuildChannel]:
    """Return the channels whose messages are counted."""
    return [one for one in with_messages(guild) if preferences.mode_of(guild.id, one.id) is not None]


def with_messages(guild: discord.Guild) -> list[GuildChannel]:
    """Return the channels that people write in."""
    return [one for one in guild.channels if one.type in WITH_MESSAGES]


def may_view(channel: GuildChannel | discord.Thread, who: discord.Member | discord.Role) -> bool:
    """Tell whether somebody, or a role such as @everyone, sees a channel; private threads: those who manage them."""
    try:
        granted = channel.permissions_for(who)
    except discord.ClientException:  # a thread whose channel isn't known
        return False
    return granted.view_channel and (not _is_private(channel) or granted.manage_threads)


def _may_write(interaction: discord.Interaction[Any], granted: discord.Permissions) -> bool:
    in_thread = isinstance(interaction.channel, discord.Thread)
    return granted.view_channel and (granted.send_messages_in_threads if in_thread else granted.send_messages)


def _is_private(channel: GuildChannel | discord.Thread) -> bool:
    return channel.type is discord.ChannelType.private_thread
