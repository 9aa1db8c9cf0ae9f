"""Reads one server's channels from their watermarks on, and says what comes of those that can't be read."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field

import discord
from sqlalchemy.exc import SQLAlchemyError

from bot.counting.archived_threads import ArchivedThreads, Parent
from bot.counting.channel_history import Channel, ChannelHistory, Place
from bot.counting.clock import DiscordClock
from bot.counting.watermark_repair import repair
from bot.errors import UserError
from bot.ledger.ledger import Ledger
from bot.ledger.records import Watermark
from bot.ledger.types import id_at
from bot.ledger.write.watermark_holds import Session

log = logging.getLogger(__name__)

MAX_ARCHIVED_THREADS = 200
"""Threads that went to sleep are looked up one by one: the latest ones, so many at the most."""

MAX_REFUSALS = 3
"""Rounds in which Discord may refuse a channel's history, though we should be allowed it, before that is a gap."""

MAX_UNREADABLE = 60
"""Rounds in which what Discord sends may make no sense: a proxy's page may last an hour, a broken message for ever."""


PAUSE = 0.1
"""Seconds between two lists of archived threads: requests are left over for all else."""


@dataclass(slots=True)
class Round:
    """One reading of a server: its watermarks as they stood before, and what came of it so far.

    `parents` are the channels whose archived threads are to be found, `read` how far each of these was read itself.
    """

    guild: discord.Guild
    session: Session
    marks: Mapping[int, Watermark]
    places: dict[int, Channel]
    parents: list[Parent] = field(default_factory=list)
    read: dict[int, int] = field(default_factory=dict)


class GuildHistory:
    """Hands what is missing of a server to the writer; what goes wrong with one channel concerns no other."""

    def __init__(
        self, client: discord.AutoShardedClient, ledger: Ledger, history: ChannelHistory, clock: DiscordClock
    ) -> None:
        self._client, self._ledger, self._history, self._clock = client, ledger, history, clock
        self._archived = ArchivedThreads(history)
        self._failures: Counter[tuple[int, str]] = Counter()
        self.take_found: Callable[[int], Place | None] = lambda _: None
        """Hands out, once, a channel that was just looked up by others."""

    async def read(self, guild: discord.Guild, session: Session) -> Round:
        """Read the server's counted channels, and what else is held there; then its archived threads can be read."""
        holds = self._ledger.writer.holds
        marks = await repair(self._ledger, guild.id, self._history.oldest(), self._clock.now())
        now = Round(guild, session, marks, {place.id: place for place in self._places(guild)})
        now.parents = self._parents(guild)
        now.read = {one.id: self._seen(one, now) for one in now.parents if not isinstance(one, Place)}
        missing = self._missing(guild.id, marks, {*now.places, *now.read})
        behind = [one for one, place in now.places.items() if self._history.is_behind(place, marks.get(one))]
        # held by name, so that one whose history can't be read now still stands when the others are let go
        holds.hold_channels(guild.id, [*behind, *missing, *(one.id for one in now.parents)])
        for channel_id in [*now.places, *missing]:
            if self._client.get_guild(guild.id) is None:
                break
            await self._attempt(channel_id, now, self._read_channel)
        return now

    async def read_archived(self, now: Round) -> None:
        """Read the threads that slept again before the bot was back; only then their channels are let go."""
        for parent in now.parents:
            if parent.id not in now.read:
                continue  # put off: it is tried again as a whole
            if self._ledger.writer.holds.session(now.guild.id) != now.session:
                return  # the server was held anew, or is gone: it is read again when it comes
            now.places[parent.id] = parent
            await self._attempt(parent.id, now, self._read_threads)
            await asyncio.sleep(PAUSE)

    def _places(self, guild: discord.Guild) -> Iterator[Place]:
        """Yield the server's counted channels and active threads."""
        for place in (*guild.text_channels, *guild.voice_channels, *guild.stage_channels, *guild.threads):
            if self._history.mode(place):
                yield place

    def _parents(self, guild: discord.Guild) -> list[Parent]:
        """Return whose archived threads are to be found: all channels' in a new session, later what is still held."""
        holds, parents = self._ledger.writer.holds, self._archived.parents(guild)
        return parents if not holds.is_settled(guild.id) else [one for one in parents if one.id in holds.held]

    def _missing(self, guild_id: int, marks: Mapping[int, Watermark], done: set[int]) -> list[int]:
        """Return further channels to look at: held ones, and threads that went to sleep while we were away."""
        limit = id_at(self._history.oldest())
        asleep = {channel_id for channel_id, mark in marks.items() if mark.message_id > limit}
        held = self._ledger.writer.holds.held_in(guild_id) - done
        return [*sorted(held), *sorted(asleep - done - held, reverse=True)[:MAX_ARCHIVED_THREADS]]

    async def _attempt(self, channel_id: int, now: Round, work: Callable[[int, Round], Awaitable[None]]) -> None:
        """Do something with one channel; whatever goes wrong with it concerns no other."""
        try:
            await work(channel_id, now)
            self._failures.pop((channel_id, work.__name__), None)
        except discord.Forbidden:
            await self._failed(channel_id, now, work.__name__, MAX_REFUSALS, "is refused")
        except (discord.HTTPException, discord.RateLimited, OSError, TimeoutError, UserError) as error:
            log.warning("channel %d: catch-up is put off: %s", channel_id, error)
        except SQLAlchemyError:
            raise
        except Exception as error:  # noqa: BLE001 - the error's own words may hold what people wrote
            what = f"can't be read ({type(error).__name__})"
            await self._failed(channel_id, now, work.__name__, MAX_UNREADABLE, what)

    async def _read_channel(self, channel_id: int, now: Round) -> None:
        """Read what is missing of a channel, and let its watermark go unless its threads are to be found first."""
        place = now.places.get(channel_id) or await self._find(channel_id, now)
        if not isinstance(place, Place):
            return
        now.places[channel_id] = place
        up_to = seen = self._seen(place, now)
        if self._history.is_behind(place, now.marks.get(channel_id)):
            up_to = await self._history.read(place, seen)
        elif channel_id not in self._ledger.writer.held:
            return
        if any(one.id == channel_id for one in now.parents):
            now.read[channel_id] = up_to
        else:
            await self._ledger.writer.release(channel_id, now.guild.id, up_to, now.session)

    async def _read_threads(self, channel_id: int, now: Round) -> None:
        """Read a channel's archived threads, and let it go if all of them could be read."""
        parent, writer = now.places[channel_id], self._ledger.writer
        assert isinstance(parent, Parent)
        found = await self._archived.find(parent, now.marks, now.places)
        writer.holds.hold_channels(now.guild.id, [one.id for one in found])
        for thread in found:
            now.places[thread.id] = thread
            await self._attempt(thread.id, now, self._read_channel)
        if not any(one.id in writer.held for one in found):
            up_to, seen = now.read[channel_id], self._seen(parent, now)
            await writer.release(channel_id, now.guild.id, up_to, now.session, unless=seen)

    def _seen(self, place: Channel, now: Round) -> int:
        return self._history.seen(place, now.marks.get(place.id))

    async def _find(self, channel_id: int, now: Round) -> Place | None:
        """Return a channel that isn't among the known ones; forget one that is gone."""
        channel = self._client.get_channel(channel_id) or self.take_found(channel_id)
        try:
            channel = channel or await self._client.fetch_channel(channel_id)
        except discord.NotFound:
            await self._ledger.writer.forget_channel(now.guild.id, channel_id)
            return None
        except discord.Forbidden:
            await self._forget_unreadable(channel_id, now)
            return None
        if isinstance(channel, Place) and self._history.mode(channel):
            return channel
        self._ledger.writer.holds.forget(channel_id)
        return None

    async def _forget_unreadable(self, channel_id: int, now: Round) -> None:
        """Forget a channel that is hidden from the bot; something was written there if it is held."""
        mark, written = now.marks.get(channel_id), channel_id in self._ledger.writer.held
        await self._ledger.writer.forget_channel(now.guild.id, channel_id)
        if written and mark is not None:
            await self._history.leave_gap(channel_id, mark.guild_id, mark.message_id, id_at(self._clock.now()))

    async def _failed(self, channel_id: int, now: Round, step: str, limit: int, what: str) -> None:
        """Try again in the next round; leave a gap after a few, lest it goes on for ever."""
        place = now.places.get(channel_id)
        self._failures[channel_id, step] += 1
        if self._failures[channel_id, step] < limit or place is None:
            log.warning("channel %d: history %s; it is tried again", channel_id, what)
            return
        log.warning("channel %d: history %s; messages may be missing", channel_id, what)
        del self._failures[channel_id, step]
        seen, newest = self._seen(place, now), self._history.newest(place)
        if newest > seen:
            await self._history.leave_gap(channel_id, now.guild.id, seen, newest)
        await self._ledger.writer.release(channel_id, now.guild.id, now.read.get(channel_id, seen), now.session)
