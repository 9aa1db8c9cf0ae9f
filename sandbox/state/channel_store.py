"""Channels, threads and private channels come, change and go."""

from __future__ import annotations

from sandbox.state import payloads, permissions, snowflakes
from sandbox.state.directory import ChannelRef, Directory, GuildRef, UserRef
from sandbox.state.events import Bus, Event
from sandbox.state.models import DM, GROUP_DM, PUBLIC_THREAD, TEXT, Channel, Overwrite, Role


class ChannelStore:
    """The one place that writes channels. Changes are told to the bot and to the page."""

    def __init__(self, directory: Directory, bus: Bus) -> None:
        self.directory = directory
        self.bus = bus
        self._dms: dict[frozenset[int], Channel] = {}

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
        guild = self.directory.guild(guild)
        channel = Channel(self.directory.ids.next(), type, name, guild.id, topic=topic, position=len(guild.channels))
        channel.parent_id = parent.id if parent else None
        self.directory.channels[channel.id] = guild.channels[channel.id] = channel
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
        parent, owner = self.directory.channel(parent), self.directory.user(owner)
        thread = Channel(thread_id or self.directory.ids.next(), type, name, parent.guild_id, parent.id)
        thread.owner_id = owner.id
        self.directory.channels[thread.id] = self.directory.guilds[parent.guild_id or 0].threads[thread.id] = thread
        self.tell_channel("THREAD_CREATE", thread, newly_created=True)
        return thread

    def delete_channel(self, channel: ChannelRef) -> None:
        """A channel or thread goes, with its messages and its threads."""
        channel = self.directory.channel(channel)
        guild = self.directory.guilds[channel.guild_id or 0]
        for thread in [one for one in guild.threads.values() if one.parent_id == channel.id]:
            self.delete_channel(thread)
        self.directory.channels.pop(channel.id, None)
        (guild.threads if channel.is_thread else guild.channels).pop(channel.id, None)
        self.tell_channel("THREAD_DELETE" if channel.is_thread else "CHANNEL_DELETE", channel)

    def dm(self, one: UserRef, other: UserRef | None = None) -> Channel:
        """The private channel between a user and the bot, or between two people."""
        pair = [self.directory.user(one), self.directory.bot if other is None else self.directory.user(other)]
        key = frozenset(user.id for user in pair)
        if key not in self._dms:
            self._dms[key] = self._add_private(Channel(self.directory.ids.next(), DM, recipients=pair))
        return self._dms[key]

    def group(self, name: str, *users: UserRef) -> Channel:
        """A group conversation between people; bots can't be in one."""
        people = [self.directory.user(user) for user in users]
        return self._add_private(
            Channel(self.directory.ids.next(), GROUP_DM, name, recipients=people, owner_id=people[0].id)
        )

    def add_hidden_channel(self, guild: GuildRef, name: str, *roles: Role, bot: bool = True) -> Channel:
        """A new channel that @everyone can't view: `roles` do, and the `bot`, besides those who may do everything."""
        channel = self.add_channel(guild, name)
        self.hide_channel(channel, *roles, bot=bot)
        return channel

    def hide_channel(self, channel: ChannelRef, *roles: Role, bot: bool = True) -> None:
        """Take View Channel from @everyone; `roles` and the `bot` keep it."""
        found = self.directory.channel(channel)
        guild = self.directory.guilds[found.guild_id or 0]
        for role in roles:
            self.allow(found, "view_channel", who=role)
        if bot and self.directory.has_bot(guild):
            self.allow(found, "view_channel")
        self.deny(found, "view_channel", who=guild.roles[guild.id])

    def archive_thread(self, thread: ChannelRef) -> None:
        """A thread is archived (THREAD_UPDATE): clients forget it, the next message wakes it."""
        found = self.directory.channel(thread)
        self.set_archived(found, archived=True)
        self.tell_channel("THREAD_UPDATE", found)

    def set_archived(self, thread: Channel, *, archived: bool) -> None:
        """Archive or wake a thread without telling anybody; the moment is noted, as Discord does."""
        thread.archived, thread.archive_changed_at = archived, snowflakes.created_at(self.directory.ids.next())

    def allow(self, channel: ChannelRef, *names: str, who: UserRef | Role | None = None) -> None:
        """Grant named permissions in a channel to a user, a role, or (None) the bot."""
        self._overwrite(channel, who, permissions.bits(*names), 0)

    def deny(self, channel: ChannelRef, *names: str, who: UserRef | Role | None = None) -> None:
        """Take named permissions (`send_messages`, …) in a channel from a user, a role, or the bot."""
        self._overwrite(channel, who, 0, permissions.bits(*names))

    def tell_channel(self, event: str, channel: Channel, **more: object) -> None:
        """Tell the bot (where it is a member) and the page that a channel changed."""
        guild = self.directory.guild_of(channel)
        if guild is not None and self.directory.has_bot(guild):
            self.bus.gateway(Event(event, {**payloads.channel(channel), **more}, guild.id))
        self.bus.channels_changed()

    def _add_private(self, channel: Channel) -> Channel:
        self.directory.channels[channel.id] = channel
        for user in channel.recipients:
            self.bus.channels_changed(only=user.id)
        return channel

    def _overwrite(self, ref: ChannelRef, who: UserRef | Role | None, allow: int, deny: int) -> None:
        channel = self.directory.channel(ref)
        if channel.is_thread and channel.parent_id:
            channel = self.directory.channels[channel.parent_id]
        if channel.is_private:
            raise ValueError("a private channel has no permission overwrites")
        kind = 0 if isinstance(who, Role) else 1
        target = who.id if isinstance(who, Role) else self.directory.user(self.directory.bot if who is None else who).id
        item = channel.overwrites.setdefault(target, Overwrite(target, kind))
        item.allow = (item.allow | allow) & ~deny
        item.deny = (item.deny | deny) & ~allow
        self.tell_channel("CHANNEL_UPDATE", channel)
