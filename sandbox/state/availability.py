"""Guilds that Discord doesn't have at hand: in an outage, late after READY, or missing from it."""

from __future__ import annotations

from sandbox.state import payloads
from sandbox.state.directory import Directory, GuildRef
from sandbox.state.events import Bus, Event


class Availability:
    """What the gateway says, and doesn't say, of the bot's guilds. REST goes on answering.

    `outages` hear nothing until they end. `late` are seconds after READY until GUILD_CREATE comes (None:
    never); `unlisted` aren't even named in READY. Both take effect with the next IDENTIFY.
    """

    def __init__(self, directory: Directory, bus: Bus) -> None:
        self.directory = directory
        self.bus = bus
        self.outages: set[int] = set()
        self.late: dict[int, float | None] = {}
        self.unlisted: set[int] = set()

    def begin_outage(self, guild: GuildRef) -> None:
        """A guild the bot is in becomes unavailable (GUILD_DELETE with `unavailable`); nothing is heard of it."""
        found = self.directory.guild(guild)
        if found.id in self.outages:
            return
        data = {"id": str(found.id), "unavailable": True}
        if self.directory.has_bot(found):
            self.bus.gateway(Event("GUILD_DELETE", data, found.id))
        self.outages.add(found.id)
        self.bus.channels_changed()

    def end_outage(self, guild: GuildRef) -> None:
        """The guild is back (GUILD_CREATE with `unavailable` false)."""
        found = self.directory.guild(guild)
        if found.id not in self.outages:
            return
        self.outages.discard(found.id)
        if self.directory.has_bot(found):
            self.bus.gateway(Event("GUILD_CREATE", payloads.guild_create(found, self.directory.bot), found.id))
        self.bus.channels_changed()

    def arrive_late(self, guild: GuildRef, seconds: float | None) -> None:
        """From the next READY on a guild comes `seconds` late, or (None) not at all."""
        self.late[self.directory.guild(guild).id] = seconds

    def leave_out(self, guild: GuildRef) -> None:
        """From the next READY on a guild isn't named, and nothing is heard of it."""
        self.unlisted.add(self.directory.guild(guild).id)

    def clear(self) -> None:
        """End all outages; guilds are on time and complete from the next READY on."""
        for guild_id in sorted(self.outages):
            self.end_outage(guild_id)
        self.late.clear()
        self.unlisted.clear()
