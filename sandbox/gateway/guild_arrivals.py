"""Which guilds a new session is told of, and when: at once, late, after an outage, or never."""

from __future__ import annotations

import asyncio

from sandbox.gateway import intents
from sandbox.gateway.session import Session, encode
from sandbox.state import payloads
from sandbox.state.events import Event
from sandbox.state.models import Guild
from sandbox.state.world import World


class GuildArrivals:
    """Brings sessions their guilds (GUILD_CREATE)."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._timers: set[asyncio.TimerHandle] = set()

    def on_shard(self, shard: tuple[int, int]) -> list[Guild]:
        """The bot's guilds on a shard."""
        guilds = self.world.guilds.values()
        return [one for one in guilds if self.world.has_bot(one) and one.shard(shard[1]) == shard[0]]

    def listed(self, session: Session) -> list[int]:
        """The guilds that READY names; notes which of the shard's the session won't have yet."""
        guilds, availability = self.on_shard(session.shard), self.world.availability
        session.absent = {one.id for one in guilds if one.id in availability.unlisted or one.id in availability.late}
        return [one.id for one in guilds if one.id not in availability.unlisted]

    def begin(self, session: Session) -> None:
        """Bring the guilds that are there, and plan the late ones."""
        availability = self.world.availability
        for guild in self.on_shard(session.shard):
            seconds = availability.late.get(guild.id)
            if guild.id not in session.absent and guild.id not in availability.outages:
                self._bring(session, guild)
            elif guild.id in session.absent and seconds is not None and guild.id not in availability.unlisted:
                self._bring_later(session, guild, seconds)

    def close(self) -> None:
        """Bring no guild any more: the sandbox stops."""
        for timer in self._timers:
            timer.cancel()
        self._timers.clear()

    def _bring(self, session: Session, guild: Guild) -> None:
        if session.intents & intents.GUILDS:
            session.dispatch("GUILD_CREATE", encode(payloads.guild_create(guild, self.world.bot)))

    def _bring_later(self, session: Session, guild: Guild, seconds: float) -> None:
        def arrive() -> None:
            self._timers.discard(timer)
            here = guild.id in session.absent and self.world.has_bot(guild)
            if here and guild.id not in self.world.availability.outages:
                session.absent.discard(guild.id)
                self._bring(session, guild)

        timer = asyncio.get_running_loop().call_later(seconds, arrive)
        self._timers.add(timer)


def knows(session: Session, event: Event) -> bool:
    """Whether a session has heard of the event's guild; that it comes, or goes for good, settles it."""
    if event.guild_id not in session.absent:
        return True
    settled = event.name in ("GUILD_CREATE", "GUILD_DELETE")
    if settled:
        session.absent.discard(event.guild_id)
    return settled or event.name == "INTERACTION_CREATE"
