"""Reads one channel's history after its watermark, within bounds, and notes what had to be left out."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import discord

from bot.counting.clock import DiscordClock
from bot.counting.message_record import Json, MessageRecord, read_id, read_message
from bot.ledger.ledger import Ledger
from bot.ledger.records import ChannelMode, Gap, Watermark
from bot.ledger.types import id_at, moment_of
from bot.ledger.write import watermarks

log = logging.getLogger(__name__)

OVERLAP = timedelta(minutes=1)
SOON = timedelta(minutes=5)
"""How much later than now an id of a channel's last message may be: clocks differ a little."""

PAGE = 100
"""Messages that Discord gives at a time."""

ReadPage = Callable[..., Awaitable[Sequence[Json]]]
"""Asks Discord for messages of a channel (id, how many), `before` or `after` one."""

HistoryHandler = Callable[[MessageRecord, Json, ChannelMode, int | None], Awaitable[None]]
"""Takes what a `MessageHandler` takes, and may wait for room where it puts it."""

Place = discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.Thread
Channel = Place | discord.ForumChannel
"""A forum holds no messages itself: its posts are threads, and its last message's id is that of the newest one."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far back history is read, and how many messages of one channel."""

    age: timedelta
    messages: int


class ChannelHistory:
    """Hands what was written in a channel while the bot was away to the `handlers`, in their order.

    They get the messages of whoever it be, as those of `MessageEvents.written` do. What they keep is in the writer's
    hands when they return: the watermark moves past it.
    """

    def __init__(self, read_page: ReadPage, ledger: Ledger, bounds: Bounds, clock: DiscordClock) -> None:
        self._read_page, self._ledger, self._bounds, self._clock = read_page, ledger, bounds, clock
        self.handlers: list[HistoryHandler] = []

    def oldest(self) -> datetime:
        """Return how far back history is read; rather too far than not far enough where clocks disagree."""
        return self._clock.earliest() - self._bounds.age

    def mode(self, place: Channel) -> ChannelMode | None:
        """Return what happens in the channel, None where nothing does."""
        return self._ledger.preferences.mode_of(place.guild.id, place.id, _parent_of(place))

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
        async for data in self._messages(place.id, after):
            message = read_message(data, place.guild.id)
            await self._handle(place, message, data)
            read, last = read + 1, max(last, message.id)
        newest = max(self.newest(place), last)
        if read >= self._bounds.messages and newest > last:
            await self.leave_gap(place.id, place.guild.id, last, newest)
            last = newest
        return last

    async def _handle(self, place: Place, message: MessageRecord, data: Json) -> None:
        mode = self.mode(place)
        if mode is not None and message.id > mode.since_id:
            for handle in self.handlers:
                await handle(message, data, mode, _parent_of(place))

    async def _messages(self, channel_id: int, after: int) -> AsyncIterator[Json]:
        """Yield what Discord has after a message, oldest first, at most as many as are to be read."""
        left = self._bounds.messages
        while left > 0:
            page = await self._read_page(channel_id, min(PAGE, left), after=after)
            for data in sorted(page, key=lambda data: read_id(data["id"])):
                yield data
                after = read_id(data["id"])
            left = left - len(page) if len(page) == PAGE else 0

    async def leave_gap(self, channel_id: int, guild_id: int, after: int, before: int) -> None:
        """Note that messages between these two may be missing."""
        gap = Gap(channel_id, guild_id, after, before, self._clock.now())
        log.warning("channel %d: a gap is left open from %s on", channel_id, moment_of(after).isoformat())
        await self._ledger.writer.run(partial(watermarks.add_gap, gap=gap))

    async def _leave_out(self, place: Place, seen: int, oldest: int) -> int:
        """Note what is too old to be read, if there is something; return the last message of it, else `seen`."""
        newest = max([read_id(data["id"]) for data in await self._read_page(place.id, 1, before=oldest)], default=seen)
        if newest > seen:
            await self.leave_gap(place.id, place.guild.id, seen, oldest)
            return newest
        return seen


def _parent_of(place: Channel) -> int | None:
    return place.parent_id if isinstance(place, discord.Thread) else None


def _may_read(place: Place) -> bool:
    try:
        return place.permissions_for(place.guild.me).read_message_history
    except discord.ClientException:  # a thread whose channel isn't known: Discord will say
        return True
