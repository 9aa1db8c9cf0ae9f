"""The world's objects as Discord's JSON."""

from __future__ import annotations

from sandbox.state.models import CATEGORY, DM, GROUP_DM, Channel, Guild, Json, Member, Role, User
from sandbox.state.snowflakes import iso, timestamp


def user(one: User) -> Json:
    """A user object."""
    return {
        "id": str(one.id),
        "username": one.username,
        "discriminator": "0",
        "global_name": one.global_name,
        "avatar": None,
        "avatar_decoration_data": None,
        "banner": None,
        "accent_color": None,
        "bot": one.bot,
        "system": False,
        "public_flags": 0,
        "flags": 0,
        "primary_guild": None,
        "clan": None,
        "collectibles": None,
    }


def me(bot: User) -> Json:
    """The bot's own user object, which says more."""
    return {**user(bot), "verified": True, "mfa_enabled": True, "email": None, "locale": "en-US"}


def partial_member(one: Member) -> Json:
    """A member without the user, as messages carry it."""
    return {
        "nick": one.nick,
        "avatar": None,
        "banner": None,
        "roles": [str(role) for role in one.roles],
        "joined_at": iso(one.joined_at),
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "pending": False,
        "communication_disabled_until": None,
    }


def member(one: Member) -> Json:
    """A guild member object."""
    return {**partial_member(one), "user": user(one.user)}


def role(one: Role) -> Json:
    """A role object."""
    return {
        "id": str(one.id),
        "name": one.name,
        "permissions": str(one.permissions),
        "position": one.position,
        "color": one.color,
        "colors": {"primary_color": one.color, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "icon": None,
        "unicode_emoji": None,
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }


def channel(one: Channel) -> Json:
    """A channel object of whatever kind it is."""
    base: Json = {
        "id": str(one.id),
        "type": one.type,
        "flags": 0,
        "last_message_id": str(one.last_message_id) if one.last_message_id else None,
    }
    if one.is_private:
        return base | _private(one)
    base |= {
        "guild_id": str(one.guild_id),
        "name": one.name,
        "parent_id": str(one.parent_id) if one.parent_id else None,
        "rate_limit_per_user": 0,
    }
    return base | (_thread(one) if one.is_thread else _guild_channel(one))


def _private(one: Channel) -> Json:
    group = {"name": one.name, "icon": None, "owner_id": str(one.owner_id)} if one.type == GROUP_DM else {}
    return {"recipients": [user(recipient) for recipient in one.recipients], **group}


def _guild_channel(one: Channel) -> Json:
    overwrites = [
        {"id": str(item.id), "type": item.kind, "allow": str(item.allow), "deny": str(item.deny)}
        for item in one.overwrites.values()
    ]
    text = {} if one.type == CATEGORY else {"topic": one.topic, "last_pin_timestamp": None}
    return {"position": one.position, "nsfw": False, "permission_overwrites": overwrites, **text}


def _thread(one: Channel) -> Json:
    count = len(one.history)
    return {
        "owner_id": str(one.owner_id),
        "message_count": count,
        "total_message_sent": count,
        "member_count": 1,
        "thread_metadata": {
            "archived": one.archived,
            "locked": one.locked,
            "auto_archive_duration": one.auto_archive_minutes,
            "archive_timestamp": iso(one.archive_changed_at) if one.archive_changed_at else timestamp(one.id),
            "create_timestamp": timestamp(one.id),
        },
    }


def dm_for(one: Channel, reader: User) -> Json:
    """A direct-message channel as one side sees it: the recipients are the others."""
    others = [user(recipient) for recipient in one.recipients if recipient is not reader]
    return {**channel(one), "recipients": others} if one.type in (DM, GROUP_DM) else channel(one)


def guild(one: Guild) -> Json:
    """A guild object, without what only GUILD_CREATE carries."""
    return {
        "id": str(one.id),
        "name": one.name,
        "owner_id": str(one.owner_id),
        "preferred_locale": one.preferred_locale,
        "features": one.features,
        "roles": [role(item) for item in one.roles.values()],
        "emojis": [],
        "stickers": [],
        **dict.fromkeys(
            (
                "icon",
                "splash",
                "discovery_splash",
                "banner",
                "description",
                "afk_channel_id",
                "application_id",
                "system_channel_id",
                "rules_channel_id",
                "public_updates_channel_id",
                "safety_alerts_channel_id",
                "vanity_url_code",
                "home_header",
                "incidents_data",
                "widget_channel_id",
                "max_presences",
            )
        ),
        "region": "deprecated",
        "afk_timeout": 300,
        "verification_level": 1,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "system_channel_flags": 0,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "premium_progress_bar_enabled": False,
        "nsfw": False,
        "nsfw_level": 0,
        "widget_enabled": False,
        "max_members": 500_000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
    }


def guild_create(one: Guild, bot: User, *, joined: bool = False) -> Json:
    """GUILD_CREATE of a guild the bot is a member of: channels, active threads, and of the members only
    the bot (Discord sends the others in pieces, on request).

    `unavailable` false says that a guild known before is there; it is left out when the bot has just `joined`.
    """
    mine = one.members[bot.id]
    return {
        **guild(one),
        "joined_at": iso(mine.joined_at),
        "large": False,
        **({} if joined else {"unavailable": False}),
        "member_count": len(one.members),
        "members": [member(mine)],
        "channels": [channel(item) for item in one.channels.values()],
        "threads": [channel(item) for item in one.threads.values() if not item.archived],
        "presences": [],
        "voice_states": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }
