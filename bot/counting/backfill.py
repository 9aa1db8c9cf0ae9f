"""Reads what was written while the bot was away, so that totals stay exact: history after each channel's watermark.

The writer holds a server's watermarks from the moment its events may be missing (`WatermarkHolds`), while those that
come are recorded. As soon as the server itself is there, each of its counted channels is read from its watermark on,
a minute earlier because ids can come out of order, and only then the watermark moves past the gap. Nothing is answered
late, and nothing is read twice for good: entries are keyed by message id. Each server is read by a task of its own.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime

import discord
from sqlalchemy.exc import SQLAlchemyError

from bot.counting.channel_history import ChannelHistory, Place
from bot.counting.clock import DiscordClock
from bot.counting.tasks import Tasks, rest
from bot.counting.watermark_repair import repair
from bot.errors import UserError, reason
from bot.ledger.ledger import Ledger
from bot.ledger.records import Watermark
from bot.ledger.types import id_at
from bot.ledger.write.watermark_holds import Session

log = logging.getLogger(__name__)

BACKFILL_INTERVAL = 60.0
"""Seconds between two looks for channels whose watermark still stands, as after messages had to be dropped."""

MAX_CONCURRENCY = 4
"""Servers that are read at the same time: requests are left over for commands."""

MAX_ARCHIVED_THREADS = 200
"""Threads that went to sleep are looked up one by one: the latest ones, so many at the most."""

MAX_REFUSALS = 3
"""Rounds in which Discord may refuse a channel's history, though we should be allowed it, before that is a gap."""

MAX_UNREADABLE = 60
"""Rounds in which what Discord sends may make no sense: a proxy's page may last an hour, a broken message for ever."""

Arrived = Callable[[int, datetime | None], Awaitable[None]]
"""Is told that the bot is a member of a server, and since when, before its history is read."""


class Backfill:
    """Reads servers' histories; `want` asks for one, `run` takes up what was left."""

    def __init__(
        self,
        client: discord.AutoShardedClient,
        ledger: Ledger,
        history: ChannelHistory,
        clock: DiscordClock,
        tasks: Tasks,
        arrived: Arrived,
    ) -> None:
        self._client, self._ledger, self._history = client, ledger, history
        self._clock, self._tasks, self._arrived = clock, tasks, arrived
        self._wanted: dict[int, None] = {}
        self._reading: set[int] = set()
        self._failures: Counter[int] = Counter()
        self._slots = asyncio.Semaphore(MAX_CONCURRENCY)
        self._wake = asyncio.Event()
        self.take_found: Callable[[int], Place | None] = lambda _: None
        """Hands out, once, a channel that was just looked up by others."""
        self.rounds = Counter[int]()
        """How often each server was gone through."""

    def want(self, guild_id: int) -> None:
        """Ask for a server's history, now that it is there."""
        self._wanted[guild_id] = None
        self._wake.set()

    async def run(self) -> None:
        """Work for ever: begin what is wanted, and look once a minute for what was left."""
        while True:
            self._begin()
            if not await rest(self._wake, BACKFILL_INTERVAL):
                self._want_what_was_left()

    def _begin(self) -> None:
        for guild_id in [one for one in self._wanted if one not in self._reading]:
            del self._wanted[guild_id]
            self._reading.add(guild_id)
            self._tasks.start(self._read(guild_id), f"history of server {guild_id}")

    def _want_what_was_left(self) -> None:
        holds, preferences = self._ledger.writer.holds, self._ledger.preferences
        left = set(holds.guilds_of_held())
        left |= {one for one in preferences.guilds_with_settings() if not holds.is_settled(one)}
        for guild_id in left:
            guild = self._client.get_guild(guild_id)
            if guild is not None and not guild.unavailable:
                self._wanted[guild_id] = None

    async def _read(self, guild_id: int) -> None:
        """Read one server. What fails is noted, and tried again in a minute."""
        try:
            async with self._slots:
                await self._read_guild(guild_id)
        except (SQLAlchemyError, UserError, OSError) as error:
            log.warning("server %d: catch-up is put off: %s", guild_id, reason(error))
        except Exception:
            log.exception("server %d: catch-up failed; it is tried again", guild_id)
        finally:
            self._reading.discard(guild_id)
            self.rounds[guild_id] += 1
            if guild_id in self._wanted:  # asked for again meanwhile
                self._wake.set()

    async def _read_guild(self, guild_id: int) -> None:
        guild, holds = self._client.get_guild(guild_id), self._ledger.writer.holds
        if guild is None or guild.unavailable:
            return  # it is wanted again when it comes
        session = holds.session(guild_id)
        await self._arrived(guild_id, guild.me.joined_at if guild.me else None)
        if guild_id in self._ledger.preferences.guilds_with_settings():
            await self._read_channels(guild, session)
        holds.settle(guild_id, session)

    async def _read_channels(self, guild: discord.Guild, session: Session) -> None:
        writer = self._ledger.writer
        marks = await repair(self._ledger, guild.id, self._history.oldest(), self._clock.now())
        places = {place.id: place for place in self._places(guild)}
        missing = self._missing(guild.id, marks, set(places))
        behind = [place.id for place in places.values() if self._history.is_behind(place, marks.get(place.id))]
        # held by name, so that one whose history can't be read now still stands when the others are let go
        writer.holds.hold_channels(guild.id, [*behind, *missing])
        for channel_id in [*places, *missing]:
            if self._client.get_guild(guild.id) is None:
                return
            await self._read_channel(channel_id, places.get(channel_id), marks.get(channel_id), session)

    def _places(self, guild: discord.Guild) -> Iterator[Place]:
        """Yield the server's counted channels and active threads."""
        for place in (*guild.text_channels, *guild.voice_channels, *guild.stage_channels, *guild.threads):
            if self._history.mode(place):
                yield place

    def _missing(self, guild_id: int, marks: dict[int, Watermark], done: set[int]) -> list[int]:
        """Return further channels to look at: held ones, and threads that went to sleep while we were away."""
        limit = id_at(self._history.oldest())
        asleep = {channel_id for channel_id, mark in marks.items() if mark.message_id > limit}
        held = self._ledger.writer.holds.held_in(guild_id) - done
        return [*sorted(held), *sorted(asleep - done - held, reverse=True)[:MAX_ARCHIVED_THREADS]]

    async def _read_channel(
        self, channel_id: int, place: Place | None, mark: Watermark | None, session: Session
    ) -> None:
        """Read one channel; whatever goes wrong with it concerns no other."""
        try:
            place = place or await self._find(channel_id, mark)
            if place is not None:
                await self._catch_up(place, mark, session)
            self._failures.pop(channel_id, None)
        except discord.Forbidden:
            await self._failed(channel_id, place, mark, session, MAX_REFUSALS, "is refused")
        except (discord.HTTPException, discord.RateLimited, OSError, TimeoutError, UserError) as error:
            log.warning("channel %d: catch-up is put off: %s", channel_id, error)
        except SQLAlchemyError:
            raise
        except Exception as error:  # noqa: BLE001 - the error's own words may hold what people wrote
            await self._failed(
                channel_id, place, mark, session, MAX_UNREADABLE, f"can't be read ({type(error).__name__})"
            )

    async def _find(self, channel_id: int, mark: Watermark | None) -> Place | None:
        """Return a channel that isn't among the known ones; forget one that is gone."""
        channel = self._client.get_channel(channel_id) or self.take_found(channel_id)
        try:
            channel = channel or await self._client.fetch_channel(channel_id)
        except discord.NotFound:
            await self._ledger.writer.forget_channel(channel_id)
            return None
        except discord.Forbidden:
            await self._forget_unreadable(channel_id, mark)
            return None
        if isinstance(channel, Place) and self._history.mode(channel):
            return channel
        self._ledger.writer.holds.forget(channel_id)
        return None

    async def _forget_unreadable(self, channel_id: int, mark: Watermark | None) -> None:
        """Forget a channel that is hidden from the bot; something was written there if it is held."""
        written = channel_id in self._ledger.writer.held
        await self._ledger.writer.forget_channel(channel_id)
        if written and mark is not None:
            now = id_at(self._clock.now())
            await self._history.leave_gap(channel_id, mark.guild_id, mark.message_id, now)

    async def _catch_up(self, place: Place, mark: Watermark | None, session: Session) -> None:
        writer, seen = self._ledger.writer, self._history.seen(place, mark)
        if self._history.is_behind(place, mark):
            await writer.release(place.id, place.guild.id, await self._history.read(place, seen), session)
        elif place.id in writer.held:
            await writer.release(place.id, place.guild.id, seen, session)

    async def _failed(
        self,
        channel_id: int,
        place: Place | None,
        mark: Watermark | None,
        session: Session,
        limit: int,
        what: str,
    ) -> None:
        """Try again in the next round; leave a gap after a few, lest it goes on for ever."""
        self._failures[channel_id] += 1
        if self._failures[channel_id] < limit or place is None:
            log.warning("channel %d: history %s; it is tried again", channel_id, what)
            return
        log.warning("channel %d: history %s; messages may be missing", channel_id, what)
        del self._failures[channel_id]
        seen = self._history.seen(place, mark)
        await self._history.leave_gap(place.id, place.guild.id, seen, max(seen, self._history.newest(place)))
        await self._ledger.writer.release(place.id, place.guild.id, seen, session)
