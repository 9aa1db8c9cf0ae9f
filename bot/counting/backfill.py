"""Reads what was written while the bot was away, so that totals stay exact: history after each channel's watermark.

The writer holds all watermarks from the moment a new session begins (`Writer.hold`), while its events are recorded.
Here each counted channel's history is read from its watermark on, a minute earlier because ids can come out of order,
and only then its watermark moves past the gap. Nothing is answered late, and nothing is read twice for good: entries
are keyed by message id.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

import discord
from sqlalchemy.exc import SQLAlchemyError

from bot.counting.message_counter import MessageCounter
from bot.counting.tasks import rest
from bot.errors import UserError
from bot.ledger.ledger import Ledger
from bot.ledger.queries.watermarks import load_watermarks
from bot.ledger.records import ChannelMode, Gap, Watermark
from bot.ledger.types import id_at, moment_of
from bot.ledger.write.backoff import reason
from bot.ledger.write.watermarks import add_gap

log = logging.getLogger(__name__)

OVERLAP = timedelta(minutes=1)
BACKFILL_INTERVAL = 60.0
"""Seconds between two looks for channels whose watermark still stands, as after messages had to be dropped."""

MAX_ARCHIVED_THREADS = 200
"""Threads that went to sleep are looked up one by one: the latest ones, so many at the most."""

MAX_REFUSALS = 3
"""Rounds in which Discord may refuse a channel's history, though we should be allowed it, before that is a gap."""

Place = discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.Thread


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far back history is read, and how many messages of one channel."""

    age: timedelta
    messages: int


class Backfill:
    """One task that reads history whenever a session was lost; `want` wakes it."""

    def __init__(
        self, client: discord.AutoShardedClient, intake: MessageCounter, ledger: Ledger, bounds: Bounds
    ) -> None:
        self._client = client
        self._intake = intake
        self._ledger = ledger
        self._bounds = bounds
        self._session = 0
        self._shards: set[int] = set()
        self._refusals: Counter[int] = Counter()
        self._wake = asyncio.Event()
        self.rounds = 0

    def session_begins(self) -> None:
        """Let all watermarks stand still, before the first event of a new session is recorded."""
        self._session = self._ledger.writer.hold((), others=True)

    def want(self, shard_id: int) -> None:
        """Ask for the history of a shard's servers, now that they are known."""
        self._shards.add(shard_id)
        self._wake.set()

    async def run(self) -> None:
        """Work for ever. A round that fails is noted, and what it left is tried again in the next one."""
        while True:
            try:
                await self._round()
            except (SQLAlchemyError, UserError, OSError) as error:
                log.warning("a round of catch-up is put off: %s", reason(error))
            except Exception:
                log.exception("a round of catch-up failed")
            await rest(self._wake, BACKFILL_INTERVAL)

    async def _round(self) -> None:
        shards, writer = self._shards.copy(), self._ledger.writer
        if not shards and not writer.held:
            return
        marks = await load_watermarks(self._ledger.engine)
        places = {place.id: place for place in self._places(shards)}
        missing = self._missing(shards, marks, set(places))
        behind = [place.id for place in places.values() if self._is_behind(place, marks.get(place.id))]
        # held by name, so that one whose history can't be read now still stands when the others are let go
        session = self._session = writer.hold([*behind, *missing], others=bool(shards))
        for channel_id in [*places, *missing]:
            place = places.get(channel_id) or await self._find(channel_id)
            if place is not None:
                await self._catch_up(place, marks.get(channel_id), session)
        if session == self._session:
            writer.settle()
            self._shards -= shards
        else:
            self._wake.set()
        self.rounds += 1

    def _places(self, shards: Iterable[int]) -> Iterator[Place]:
        """Yield the counted channels and active threads of these shards' servers."""
        preferences, wanted = self._ledger.preferences, set(shards)
        known = preferences.guilds_with_settings()
        for guild in self._client.guilds:
            if guild.id not in known or guild.shard_id not in wanted:
                continue
            for channel in (*guild.text_channels, *guild.voice_channels, *guild.stage_channels):
                if preferences.mode_of(guild.id, channel.id):
                    yield channel
            for thread in guild.threads:
                if preferences.mode_of(guild.id, thread.id, thread.parent_id):
                    yield thread

    def _missing(self, shards: set[int], marks: dict[int, Watermark], done: set[int]) -> list[int]:
        """Return further channels to look at: held ones, and threads that went to sleep while we were away."""
        limit = id_at(self._oldest())
        asleep = {
            channel_id
            for channel_id, mark in marks.items()
            if mark.message_id > limit and self._shard_of(mark.guild_id) in shards
        }
        held = self._ledger.writer.held - done
        return [*sorted(held), *sorted(asleep - done - held, reverse=True)[:MAX_ARCHIVED_THREADS]]

    def _shard_of(self, guild_id: int) -> int:
        return (guild_id >> 22) % (self._client.shard_count or 1)

    async def _find(self, channel_id: int) -> Place | None:
        """Return a channel that isn't among the known ones; forget one that is gone."""
        try:
            channel = self._client.get_channel(channel_id) or await self._client.fetch_channel(channel_id)
        except (discord.NotFound, discord.Forbidden):
            await self._ledger.writer.forget_channel(channel_id)
            return None
        except (discord.HTTPException, discord.RateLimited) as error:
            log.warning("channel %d can't be looked up: %s", channel_id, error)
            return None
        return channel if isinstance(channel, Place) else None

    def _seen(self, place: Place, mark: Watermark | None) -> int:
        """Return the message up to which all that counts is recorded; counting may have begun only later."""
        mode = self._mode(place)
        return max(mode.since_id if mode else 0, mark.message_id if mark else 0)

    def _is_behind(self, place: Place, mark: Watermark | None) -> bool:
        return self._mode(place) is not None and (place.last_message_id or 0) > self._seen(place, mark)

    def _mode(self, place: Place) -> ChannelMode | None:
        parent = place.parent_id if isinstance(place, discord.Thread) else None
        return self._ledger.preferences.mode_of(place.guild.id, place.id, parent)

    async def _catch_up(self, place: Place, mark: Watermark | None, session: int) -> None:
        writer, seen = self._ledger.writer, self._seen(place, mark)
        try:
            if self._is_behind(place, mark):
                await writer.release(place.id, place.guild.id, await self._read(place, seen), session)
            elif place.id in writer.held:
                await writer.release(place.id, place.guild.id, seen, session)
            self._refusals.pop(place.id, None)
        except discord.Forbidden:
            await self._refused(place, seen, session)
        except (discord.HTTPException, discord.RateLimited, OSError, TimeoutError, UserError) as error:
            log.warning("channel %d: catch-up is put off: %s", place.id, error)

    async def _refused(self, place: Place, seen: int, session: int) -> None:
        """Try again in the next round; leave a gap after a few, lest it goes on for ever."""
        self._refusals[place.id] += 1
        if self._refusals[place.id] < MAX_REFUSALS:
            log.warning("channel %d: history is refused; it is tried again", place.id)
            return
        log.warning("channel %d: history can't be read; messages may be missing", place.id)
        del self._refusals[place.id]
        await self._leave_gap(place, seen, place.last_message_id or seen)
        await self._ledger.writer.release(place.id, place.guild.id, seen, session)

    async def _read(self, place: Place, seen: int) -> int:
        """Hand the history after a message to the writer; return the last message read."""
        if not place.permissions_for(place.guild.me).read_message_history:  # Discord would answer with no messages
            await self._leave_gap(place, seen, place.last_message_id or seen)
            return place.last_message_id or seen
        mode, oldest = self._mode(place), id_at(self._oldest())
        after = max(mode.since_id if mode else 0, id_at(moment_of(seen) - OVERLAP))
        if oldest > after:
            if [
                message
                async for message in place.history(limit=1, after=discord.Object(seen), before=discord.Object(oldest))
            ]:
                await self._leave_gap(place, seen, oldest)
            after = oldest
        read, last = 0, max(after, seen)
        async for message in place.history(limit=self._bounds.messages, after=discord.Object(after), oldest_first=True):
            counted = self._intake.count_message(message)
            if counted is not None:
                await self._ledger.writer.put(counted.entry)
            read, last = read + 1, max(last, message.id)
        newest = place.last_message_id or last
        if read >= self._bounds.messages and newest > last:
            await self._leave_gap(place, last, newest)
            last = newest
        return last

    async def _leave_gap(self, place: Place, after: int, before: int) -> None:
        now = datetime.now(UTC)
        gap = Gap(place.id, place.guild.id, after, before, now)
        log.warning("channel %d: a gap is left open from %s on", place.id, moment_of(after).isoformat())
        await self._ledger.writer.run(partial(add_gap, gap=gap))

    def _oldest(self) -> datetime:
        return datetime.now(UTC) - self._bounds.age
