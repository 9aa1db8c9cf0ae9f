"""All sessions, and which of them hears what."""

from __future__ import annotations

from sandbox.gateway import intents
from sandbox.gateway.guild_arrivals import GuildArrivals, knows
from sandbox.gateway.session import Session, encode
from sandbox.gateway.session_limit import SessionStartLimit
from sandbox.state import payloads, views
from sandbox.state.events import Event, PageEvent
from sandbox.state.faults import Faults
from sandbox.state.models import Json
from sandbox.state.signals import Signal
from sandbox.state.world import World

MESSAGE_CONTENT_LIMITED = 1 << 19

SESSIONS_LIMIT = 64
"""Sessions kept, connected or not; the longest abandoned go first."""


class Sessions:
    """Opens sessions and queues events for those concerned. `identifies` and `resumes` count them."""

    def __init__(self, world: World, faults: Faults) -> None:
        self.world = world
        self.faults = faults
        self.gateway_url = ""
        self.identifies = 0
        self.resumes = 0
        self.by_id: dict[str, Session] = {}
        self.start_limit = SessionStartLimit()
        self.arrivals = GuildArrivals(world)
        self._signal = Signal()
        world.bus.on_gateway.append(self.publish)

    def open(self, shard: tuple[int, int], wanted: int) -> Session:
        """IDENTIFY: a new session, with READY and the shard's guilds queued."""
        session = Session(shard, wanted)
        self._forget_old()
        self.by_id[session.id] = session
        self.identifies += 1
        self.start_limit.remaining -= 1
        session.dispatch("READY", encode(self._ready(session, self.arrivals.listed(session))))
        self.arrivals.begin(session)
        return session

    def forget(self, session: Session) -> None:
        """A session can't be resumed any more; its connection, if any, is cut."""
        self.by_id.pop(session.id, None)
        if session.cut is not None:
            session.cut()

    def changed(self) -> None:
        """A session came or went: whoever waits looks again, and the page learns whether the bot is there."""
        self._signal.notify()
        online = self.online
        self.world.bus.page(PageEvent("bot", lambda _: {"online": online}))

    def publish(self, event: Event) -> None:
        """Queue an event for every session it concerns."""
        if not self.by_id or not self._bot_sees(event):
            return
        full: str | None = None
        for session in list(self.by_id.values()):
            if session.lost:
                self.forget(session)
            elif _concerns(event, session) and knows(session, event):
                if self._hides_content(event, session):
                    session.dispatch(event.name, encode(views.without_content(event.data)))
                else:
                    full = full or encode(event.data)
                    session.dispatch(event.name, full)

    def repeat(self, last: int) -> int:
        """Send the last events once more; how many were sent."""
        return sum(session.repeat(last) for session in list(self.by_id.values()))

    @property
    def application_flags(self) -> int:
        """What the application may: read messages, as one in few guilds does, unless that is refused."""
        return 0 if self.faults.refuse_message_content else MESSAGE_CONTENT_LIMITED

    @property
    def online(self) -> bool:
        """Whether any session is connected."""
        return any(session.connected for session in self.by_id.values())

    @property
    def ready(self) -> bool:
        """Whether every shard of the newest session's count is connected."""
        here = [session for session in self.by_id.values() if session.connected]
        if not here:
            return False
        count = here[-1].shard[1]
        return {session.shard[0] for session in here if session.shard[1] == count} == set(range(count))

    async def wait_ready(self, timeout: float) -> None:  # noqa: ASYNC109
        """Return once the bot is connected on every shard; TimeoutError after `timeout` seconds."""
        await self._signal.until(lambda: self.ready, timeout)

    async def wait_gone(self, timeout: float) -> None:  # noqa: ASYNC109
        """Return once no session is connected; TimeoutError after `timeout` seconds."""
        await self._signal.until(lambda: not self.online, timeout)

    def _bot_sees(self, event: Event) -> bool:
        guild = self.world.guilds.get(event.guild_id or 0)
        gone = guild is not None and (not self.world.has_bot(guild) or guild.id in self.world.availability.outages)
        if gone and event.name not in ("GUILD_DELETE", "INTERACTION_CREATE"):
            return False
        if event.channel is None or event.name.startswith(("CHANNEL_", "THREAD_", "INTERACTION_")):
            return True
        return self.world.can_see(self.world.bot, event.channel)

    def _hides_content(self, event: Event, session: Session) -> bool:
        """Without the intent, content comes only with DMs, own messages and mentions of the bot."""
        if event.name not in ("MESSAGE_CREATE", "MESSAGE_UPDATE") or session.intents & intents.MESSAGE_CONTENT:
            return False
        return event.guild_id is not None and not views.concerns(event.data, self.world.bot.id)

    def _ready(self, session: Session, guild_ids: list[int]) -> Json:
        return {
            "v": 10,
            "user": payloads.me(self.world.bot),
            "guilds": [{"id": str(one), "unavailable": True} for one in guild_ids],
            "session_id": session.id,
            "session_type": "normal",
            "resume_gateway_url": self.gateway_url,
            "shard": list(session.shard),
            "application": {"id": str(self.world.application_id), "flags": self.application_flags},
            "private_channels": [],
            "relationships": [],
            "presences": [],
            "_trace": ["sandbox"],
        }

    def _forget_old(self) -> None:
        for session in [one for one in self.by_id.values() if one.lost]:
            self.forget(session)
        idle = sorted((one for one in self.by_id.values() if not one.connected), key=lambda one: one.left_at)
        for session in idle[: max(0, len(self.by_id) - SESSIONS_LIMIT + 1)]:
            self.forget(session)


def _concerns(event: Event, session: Session) -> bool:
    index, count = session.shard
    private = event.guild_id is None
    on_shard = index == (0 if event.guild_id is None else (event.guild_id >> 22) % count)
    return on_shard and intents.wanted(event.name, private, session.intents)
