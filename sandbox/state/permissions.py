"""Discord's permission arithmetic: roles, then the channel's overwrites."""

from __future__ import annotations

from sandbox.state.models import Channel, Guild, Member

BITS = {
    "kick_members": 1 << 1,
    "ban_members": 1 << 2,
    "administrator": 1 << 3,
    "manage_channels": 1 << 4,
    "manage_guild": 1 << 5,
    "add_reactions": 1 << 6,
    "view_audit_log": 1 << 7,
    "view_channel": 1 << 10,
    "send_messages": 1 << 11,
    "manage_messages": 1 << 13,
    "embed_links": 1 << 14,
    "attach_files": 1 << 15,
    "read_message_history": 1 << 16,
    "mention_everyone": 1 << 17,
    "use_external_emojis": 1 << 18,
    "change_nickname": 1 << 26,
    "manage_nicknames": 1 << 27,
    "manage_roles": 1 << 28,
    "manage_webhooks": 1 << 29,
    "use_application_commands": 1 << 31,
    "manage_threads": 1 << 34,
    "create_public_threads": 1 << 35,
    "create_private_threads": 1 << 36,
    "use_external_stickers": 1 << 37,
    "send_messages_in_threads": 1 << 38,
    "moderate_members": 1 << 40,
    "use_external_apps": 1 << 50,
    "pin_messages": 1 << 51,
    "bypass_slowmode": 1 << 52,
}
ALL = (1 << 53) - 1
VIEW_CHANNEL = BITS["view_channel"]
SEND_MESSAGES = BITS["send_messages"]
SEND_MESSAGES_IN_THREADS = BITS["send_messages_in_threads"]
EMBED_LINKS = BITS["embed_links"]
ATTACH_FILES = BITS["attach_files"]
READ_MESSAGE_HISTORY = BITS["read_message_history"]
ADD_REACTIONS = BITS["add_reactions"]
MANAGE_MESSAGES = BITS["manage_messages"]
MANAGE_THREADS = BITS["manage_threads"]
MANAGE_CHANNELS = BITS["manage_channels"]
MENTION_EVERYONE = BITS["mention_everyone"]
CREATE_PUBLIC_THREADS = BITS["create_public_threads"]
USE_APPLICATION_COMMANDS = BITS["use_application_commands"]
USE_EXTERNAL_APPS = BITS["use_external_apps"]
USE_EXTERNAL_EMOJIS = BITS["use_external_emojis"]
ADMINISTRATOR = BITS["administrator"]


def bits(*names: str) -> int:
    """The bit field of named permissions (`send_messages`, …). KeyError on an unknown name."""
    return sum(BITS[name] for name in set(names))


EVERYONE = bits(
    "view_channel",
    "send_messages",
    "send_messages_in_threads",
    "embed_links",
    "attach_files",
    "read_message_history",
    "add_reactions",
    "use_external_emojis",
    "use_external_stickers",
    "change_nickname",
    "create_public_threads",
    "use_application_commands",
    "use_external_apps",
)
"""What @everyone may do in a new guild."""

PRIVATE = EVERYONE | MENTION_EVERYONE
"""What everyone may do in a private channel."""

NOT_INSTALLED = EMBED_LINKS | ATTACH_FILES | MENTION_EVERYONE
"""What a user-installed app may do in a place it is no member of."""


def in_guild(guild: Guild, member: Member) -> int:
    """A member's permissions before any channel overwrite."""
    if member.user.id == guild.owner_id:
        return ALL
    granted = guild.roles[guild.id].permissions
    for role_id in member.roles:
        granted |= guild.roles[role_id].permissions
    return ALL if granted & ADMINISTRATOR else granted


def in_channel(guild: Guild, member: Member, channel: Channel) -> int:
    """A member's permissions in a channel; a thread takes its parent's overwrites.

    Discord applies @everyone's overwrite, then those of the member's roles together, then the
    member's own. Without View Channel nothing remains.
    """
    base = in_guild(guild, member)
    if base == ALL:
        return ALL
    parent = guild.channels.get(channel.parent_id or 0) if channel.is_thread else None
    granted = _overwritten(base, guild, member, parent or channel)
    return granted if granted & VIEW_CHANNEL else 0


def _overwritten(base: int, guild: Guild, member: Member, channel: Channel) -> int:
    groups = ([guild.id], member.roles, [member.user.id])
    for group in groups:
        found = [channel.overwrites[key] for key in group if key in channel.overwrites]
        deny = allow = 0
        for overwrite in found:
            deny |= overwrite.deny
            allow |= overwrite.allow
        base = base & ~deny | allow
    return base
