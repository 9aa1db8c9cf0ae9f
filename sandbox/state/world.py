"""Everything that exists in the sandbox, and how to change it."""

from __future__ import annotations

from sandbox.state.app_identity import AppIdentity
from sandbox.state.availability import Availability
from sandbox.state.channel_store import ChannelStore
from sandbox.state.clock import Clock
from sandbox.state.directory import Directory
from sandbox.state.events import Bus
from sandbox.state.guild_store import GuildStore


class World:
    """The directory and the stores that change it, with their methods at hand in one place."""

    def __init__(self, identity: AppIdentity | None = None, clock: Clock | None = None) -> None:
        self.identity, self.clock = identity or AppIdentity(), clock or Clock()
        self.bus = Bus()
        self.directory = Directory(self.identity, self.clock)
        self.availability = Availability(self.directory, self.bus)
        self.guild_store = GuildStore(self.directory, self.bus)
        self.channel_store = ChannelStore(self.directory, self.bus)
        self._offer_lookups(self.directory)
        self._offer_guild_changes(self.guild_store)
        self._offer_channel_changes(self.channel_store)
        self._offer_outages(self.availability)

    def _offer_lookups(self, directory: Directory) -> None:
        self.ids, self.application_id, self.bot = directory.ids, directory.application_id, directory.bot
        self.users, self.guilds, self.channels = directory.users, directory.guilds, directory.channels
        self.user, self.guild, self.channel = directory.user, directory.guild, directory.channel
        self.message, self.guild_of = directory.message, directory.guild_of
        self.permissions, self.can_see, self.has_bot = directory.permissions, directory.can_see, directory.has_bot

    def _offer_guild_changes(self, store: GuildStore) -> None:
        self.add_user, self.add_guild, self.add_role = store.add_user, store.add_guild, store.add_role
        self.add_bot, self.remove_bot = store.add_bot, store.remove_bot
        self.add_member, self.remove_member = store.add_member, store.remove_member
        self.authorize_commands, self.add_role_to = store.authorize_commands, store.add_role_to

    def _offer_channel_changes(self, store: ChannelStore) -> None:
        self.add_channel, self.add_thread, self.delete_channel = (
            store.add_channel,
            store.add_thread,
            store.delete_channel,
        )
        self.add_hidden_channel, self.hide_channel = store.add_hidden_channel, store.hide_channel
        self.dm, self.group = store.dm, store.group
        self.archive_thread, self.set_archived = store.archive_thread, store.set_archived
        self.allow, self.deny, self.tell_channel = store.allow, store.deny, store.tell_channel

    def _offer_outages(self, availability: Availability) -> None:
        self.begin_outage, self.end_outage = availability.begin_outage, availability.end_outage
        self.arrive_late, self.leave_out = availability.arrive_late, availability.leave_out
