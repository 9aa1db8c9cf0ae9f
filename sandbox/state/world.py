"""Everything that exists in the sandbox, and how to change it."""

from __future__ import annotations

from sandbox.state import payloads, permissions
from sandbox.state.directory import ChannelRef, Directory, GuildRef, UserRef
from sandbox.state.events import Bus, Event, PageEvent
from sandbox.state.models import DM, GROUP_DM, PUBLIC_THREAD, TEXT, Channel, Guild, Member, Overwrite, Role, User


class World(Directory):
    """Guilds, channels, members and users. Changes are told to the bot and to the page."""

    def __init__(self) -> None:
        super().__init__()
        self.bus = Bus()
        self._dms: dict[frozenset[int], Channel] = {}

    def add_user(self, username: str, global_name: str | None = None, locale: str = "fr") -> User:
        """A new person, member of nothing yet."""
        user = User(self.ids.next(), username, global_name or username.title(), locale)
        self.users[user.id] = user
        return user

    def add_guild(
        self,
        name: str,
        owner: UserRef,
        *,
        locale: str = "en-US",
        features: tuple[str, ...] = (),
        bot: bool = True,
        guild_id: int | None = None,
    ) -> Guild:
        """A new guild with @everyone and its owner; with `bot`, the bot joins (GUILD_CREATE)."""
        owner = self.user(owner)
        guild = Guild(guild_id or self.ids.next(), name, owner.id, locale, list(features))
        guild.roles[guild.id] = Role(guild.id, "@everyone", permissions.EVERYONE)
        guild.members[owner.id] = Member(owner)
        self.guilds[guild.id] = guild
        if bot:
            self.add_bot(guild)
        self._tell_channels()
        return guild

    def add_bot(self, guild: GuildRef) -> None:
        """The bot joins a guild."""
        guild = self.guild(guild)
        guild.members[self.bot.id] = Member(self.bot)
        self.bus.gateway(Event("GUILD_CREATE", payloads.guild_create(guild, self.bot), guild.id))

    def remove_bot(self, guild: GuildRef) -> None:
        """The bot is removed from a guild (GUILD_DELETE without `unavailable`)."""
        guild = self.guild(guild)
        guild.members.pop(self.bot.id, None)
        self.bus.gateway(Event("GUILD_DELETE", {"id": str(guild.id)}, guild.id))
        self._tell_channels()

    def add_role(self, guild: GuildRef, name: str, *granted: str) -> Role:
        """A new role with the named permissions."""
        guild = self.guild(guild)
        role = Role(self.ids.next(), name, permissions.bits(*granted), len(guild.roles))
        guild.roles[role.id] = role
        data = {"guild_id": str(guild.id), "role": payloads.role(role)}
        self.bus.gateway(Event("GUILD_ROLE_CREATE", data, guild.id))
        return role

    def add_member(self, guild: GuildRef, user: UserRef, *roles: Role) -> Member:
        """A user joins a guild."""
        guild, user = self.guild(guild), self.user(user)
        member = Member(user, [role.id for role in roles])
        guild.members[user.id] = member
        data = {**payloads.member(member), "guild_id": str(guild.id)}
        self.bus.gateway(Event("GUILD_MEMBER_ADD", data, guild.id))
        self._tell_channels()
        return member

    def remove_member(self, guild: GuildRef, user: UserRef) -> None:
        """A user leaves a guild."""
        guild, user = self.guild(guild), self.user(user)
        guild.members.pop(user.id, None)
        data = {"guild_id": str(guild.id), "user": payloads.user(user)}
        self.bus.gateway(Event("GUILD_MEMBER_REMOVE", data, guild.id))
        self._tell_channels()

    def add_channel(
        self,
        guild: GuildRef,
        name: str,
        *,
        type: int = TEXT,  # noqa: A002 - Discord's own name for it
        parent: Channel | None = None,
        topic: str | None = None,
    ) -> Channel:
        """A new channel at the end of a guild's list."""
        guild = self.guild(guild)
        channel = Channel(self.ids.next(), type, name, guild.id, topic=topic, position=len(guild.channels))
        channel.parent_id = parent.id if parent else None
        self.channels[channel.id] = guild.channels[channel.id] = channel
        self.tell_channel("CHANNEL_CREATE", channel)
        return channel

    def add_thread(
        self,
        parent: ChannelRef,
        name: str,
        owner: UserRef,
        *,
        type: int = PUBLIC_THREAD,  # noqa: A002 - Discord's own name for it
        thread_id: int | None = None,
    ) -> Channel:
        """A new thread; one started from a message has that message's id."""
        parent, owner = self.channel(parent), self.user(owner)
        thread = Channel(thread_id or self.ids.next(), type, name, parent.guild_id, parent.id)
        thread.owner_id = owner.id
        self.channels[thread.id] = self.guilds[parent.guild_id or 0].threads[thread.id] = thread
        self.tell_channel("THREAD_CREATE", thread, newly_created=True)
        return thread

    def delete_channel(self, channel: ChannelRef) -> None:
        """A channel or thread goes, with its messages and its threads."""
        channel = self.channel(channel)
        guild = self.guilds[channel.guild_id or 0]
        for thread in [one for one in guild.threads.values() if one.parent_id == channel.id]:
            self.delete_channel(thread)
        self.channels.pop(channel.id, None)
        (guild.threads if channel.is_thread else guild.channels).pop(channel.id, None)
        self.tell_channel("THREAD_DELETE" if channel.is_thread else "CHANNEL_DELETE", channel)

    def dm(self, one: UserRef, other: UserRef | None = None) -> Channel:
        """The private channel between a user and the bot, or between two people."""
        pair = [self.user(one), self.bot if other is None else self.user(other)]
        key = frozenset(user.id for user in pair)
        if key not in self._dms:
            self._dms[key] = self._add_private(Channel(self.ids.next(), DM, recipients=pair))
        return self._dms[key]

    def group(self, name: str, *users: UserRef) -> Channel:
        """A group conversation between people; bots can't be in one."""
        people = [self.user(user) for user in users]
        return self._add_private(Channel(self.ids.next(), GROUP_DM, name, recipients=people, owner_id=people[0].id))

    def allow(self, channel: ChannelRef, *names: str, who: UserRef | Role | None = None) -> None:
        """Grant named permissions in a channel to a user, a role, or (None) the bot."""
        self._overwrite(channel, who, permissions.bits(*names), 0)

    def deny(self, channel: ChannelRef, *names: str, who: UserRef | Role | None = None) -> None:
        """Take named permissions (`send_messages`, …) in a channel from a user, a role, or the bot."""
        self._overwrite(channel, who, 0, permissions.bits(*names))

    def tell_channel(self, event: str, channel: Channel, **more: object) -> None:
        """Tell the bot (where it is a member) and the page that a channel changed."""
        guild = self.guild_of(channel)
        if guild is not None and self.has_bot(guild):
            self.bus.gateway(Event(event, {**payloads.channel(channel), **more}, guild.id))
        self._tell_channels()

    def _add_private(self, channel: Channel) -> Channel:
        self.channels[channel.id] = channel
        self._tell_channels()
        return channel

    def _overwrite(self, ref: ChannelRef, who: UserRef | Role | None, allow: int, deny: int) -> None:
        channel = self.channel(ref)
        if channel.is_thread and channel.parent_id:
            channel = self.channels[channel.parent_id]
        if channel.is_private:
            raise ValueError("a private channel has no permission overwrites")
        kind = 0 if isinstance(who, Role) else 1
        target = who.id if isinstance(who, Role) else self.user(self.bot if who is None else who).id
        item = channel.overwrites.setdefault(target, Overwrite(target, kind))
        item.allow = (item.allow | allow) & ~deny
        item.deny = (item.deny | deny) & ~allow
        self.tell_channel("CHANNEL_UPDATE", channel)

    def _tell_channels(self) -> None:
        self.bus.page(PageEvent("channels", lambda _: {}))
