"""Reads one channel's history after its watermark, within bounds, and notes what had to be left out."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import discord

from bot.counting.clock import DiscordClock
from bot.counting.message_counter import MessageCounter
from bot.ledger.ledger import Ledger
from bot.ledger.records import ChannelMode, Gap, Watermark
from bot.ledger.types import id_at, moment_of
from bot.ledger.write import watermarks

log = logging.getLogger(__name__)

OVERLAP = timedelta(minutes=1)
SOON = timedelta(minutes=5)
"""How much later than now an id of a channel's last message may be: clocks differ a little."""

Place = discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.Thread
Channel = Place | discord.ForumChannel
"""A forum holds no messages itself: its posts are threads, and its last message's id is that of the newest one."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far back history is read, and how many messages of one channel."""

    age: timedelta
    messages: int


class ChannelHistory:
    """Hands what a channel's people wrote while the bot was away to the writer."""

    def __init__(self, message_counter: MessageCounter, ledger: Ledger, bounds: Bounds, clock: DiscordClock) -> None:
        self._counter, self._ledger, self._bounds, self._clock = message_counter, ledger, bounds, clock

    def oldest(self) -> datetime:
        """Return how far back history is read; rather too far than not far enough where clocks disagree."""
        return self._clock.earliest() - self._bounds.age

    def mode(self, place: Channel) -> ChannelMode | None:
        """Return what happens in the channel, None where nothing does."""
        parent = place.parent_id if isinstance(place, discord.Thread) else None
        return self._ledger.preferences.mode_of(place.guild.id, place.id, parent)

    def seen(self, place: Channel, mark: Watermark | None) -> int:
        """Return the message up to which all that counts is recorded; counting may have begun only later."""
        mode = self.mode(place)
        return max(mode.since_id if mode else 0, mark.message_id if mark else 0)

    def newest(self, place: Channel) -> int:
        """Return the channel's last message as Discord says; 0 where it doesn't say, or says what can't be."""
        last = place.last_message_id or 0
        return last if last < id_at(self._clock.now() + SOON) else 0

    def is_behind(self, place: Channel, mark: Watermark | None) -> bool:
        """Tell whether something was written after what is recorded."""
        return self.mode(place) is not None and self.newest(place) > self.seen(place, mark)

    async def read(self, place: Place, seen: int) -> int:
        """Hand the history after a message to the writer; return the last message read.

        That is always a message seen, never a moment: a watermark stands nowhere else.
        """
        if not _may_read(place):  # Discord would answer with no messages
            await self.leave_gap(place.id, place.guild.id, seen, self.newest(place) or seen)
            return max(seen, self.newest(place))
        mode, oldest = self.mode(place), id_at(self.oldest())
        after, last = max(mode.since_id if mode else 0, id_at(moment_of(seen) - OVERLAP)), seen
        if oldest > after:
            last = await self._leave_out(place, seen, oldest)
            after = oldest
        read = 0
        async for message in place.history(limit=self._bounds.messages, after=discord.Object(after), oldest_first=True):
            counted = self._counter.count_message(message)
            if counted is not None:
                await self._ledger.writer.put(counted.entry)
            read, last = read + 1, max(last, message.id)
        newest = max(self.newest(place), last)
        if read >= self._bounds.messages and newest > last:
            await self.leave_gap(place.id, place.guild.id, last, newest)
            last = newest
        return last

    async def leave_gap(self, channel_id: int, guild_id: int, after: int, before: int) -> None:
        """Note that messages between these two may be missing."""
        gap = Gap(channel_id, guild_id, after, before, self._clock.now())
        log.warning("channel %d: a gap is left open from %s on", channel_id, moment_of(after).isoformat())
        await self._ledger.writer.run(partial(watermarks.add_gap, gap=gap))

    async def _leave_out(self, place: Place, seen: int, oldest: int) -> int:
        """Note what is too old to be read, if there is something; return the last message of it, else `seen`."""
        async for message in place.history(limit=1, before=discord.Object(oldest), oldest_first=False):
            if message.id > seen:
                await self.leave_gap(place.id, place.guild.id, seen, oldest)
                return message.id
        return seen


def _may_read(place: Place) -> bool:
    try:
        return place.permissions_for(place.guild.me).read_message_history
    except discord.ClientException:  # a thread whose channel isn't known: Discord will say
        return True
