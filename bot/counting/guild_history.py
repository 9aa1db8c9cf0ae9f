"""Reads one server's channels from their watermarks on, and says what comes of those that can't be read."""

import logging
from collections import Counter
from collections.abc import Callable, Iterator

import discord
from sqlalchemy.exc import SQLAlchemyError

from bot.counting.channel_history import ChannelHistory, Place
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


class GuildHistory:
    """Hands what is missing of a server to the writer; what goes wrong with one channel concerns no other."""

    def __init__(
        self, client: discord.AutoShardedClient, ledger: Ledger, history: ChannelHistory, clock: DiscordClock
    ) -> None:
        self._client, self._ledger, self._history, self._clock = client, ledger, history, clock
        self._failures: Counter[int] = Counter()
        self.take_found: Callable[[int], Place | None] = lambda _: None
        """Hands out, once, a channel that was just looked up by others."""

    async def read(self, guild: discord.Guild, session: Session) -> None:
        """Read the server's counted channels, and what else is held there."""
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
