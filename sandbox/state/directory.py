"""Finding users, guilds, channels and messages, by object, id or name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from sandbox.state import permissions
from sandbox.state.app_identity import AppIdentity
from sandbox.state.clock import Clock
from sandbox.state.models import Channel, Guild, Message, User
from sandbox.state.snowflakes import Snowflakes, parse

UserRef = User | int | str
ChannelRef = Channel | int | str
GuildRef = Guild | int | str
T = TypeVar("T")


class Directory:
    """What exists, and who may see it."""

    def __init__(self, identity: AppIdentity, clock: Clock) -> None:
        self.clock = clock
        self.ids = Snowflakes(clock)
        self.application_id = self.ids.next()
        self.bot = User(self.ids.next(), identity.username, identity.name, "en-US", identity.color, bot=True)
        self.users: dict[int, User] = {self.bot.id: self.bot}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}

    def user(self, ref: UserRef) -> User:
        """A user by object, id, user name or display name. KeyError when there is none."""
        if isinstance(ref, User):
            return ref
        if (key := parse(ref)) is not None:
            return self.users[key]
        return _first((one for one in self.users.values() if ref in (one.username, one.global_name)), ref)

    def guild(self, ref: GuildRef) -> Guild:
        """A guild by object, id or name. KeyError when there is none."""
        if isinstance(ref, Guild):
            return ref
        if (key := parse(ref)) is not None:
            return self.guilds[key]
        return _first((one for one in self.guilds.values() if one.name == ref), ref)

    def channel(self, ref: ChannelRef) -> Channel:
        """A channel by object, id, name, or `guild/name`; of several alike, the first made."""
        if isinstance(ref, Channel):
            return ref
        if (key := parse(ref)) is not None:
            return self.channels[key]
        guild, _, name = str(ref).rpartition("/")
        where = self.guild(guild).id if guild else None
        name = name.removeprefix("#")
        named = (one for one in self.channels.values() if one.name == name)
        return _first((one for one in named if where in (None, one.guild_id)), ref)

    def message(self, channel: ChannelRef, message_id: int | str) -> Message | None:
        """A stored message, None when unknown."""
        return self.channel(channel).history.get(int(message_id))

    def guild_of(self, channel: Channel) -> Guild | None:
        """The guild a channel belongs to, None for private ones."""
        return None if channel.guild_id is None else self.guilds.get(channel.guild_id)

    def permissions(self, user: UserRef, channel: ChannelRef) -> int:
        """What a user may do in a channel; nothing where they are no member."""
        user, channel = self.user(user), self.channel(channel)
        guild = self.guild_of(channel)
        if guild is None:
            return permissions.PRIVATE if user in channel.recipients else 0
        member = guild.members.get(user.id)
        return permissions.in_channel(guild, member, channel) if member else 0

    def can_see(self, user: UserRef, channel: ChannelRef) -> bool:
        """Whether a user sees a channel."""
        return bool(self.permissions(user, channel) & permissions.VIEW_CHANNEL)

    def has_bot(self, guild: GuildRef) -> bool:
        """Whether the bot is a member of a guild."""
        return self.bot.id in self.guild(guild).members


def _first(found: Iterable[T], ref: object) -> T:
    for item in found:
        return item
    raise KeyError(ref)
