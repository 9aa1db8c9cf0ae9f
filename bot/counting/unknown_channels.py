"""Messages in channels that aren't known, as in a thread that slept: they wait until its parent was looked up, once.

Unknown isn't "not counted". Meanwhile the channel's watermark stands still, and one is made where there was none: a
process that dies here leaves the message to catch-up. So does whatever can't be looked up, or doesn't fit in.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

import discord

from bot.counting.bounded_dict import BoundedDict
from bot.counting.channel_history import Place
from bot.counting.clock import DiscordClock
from bot.counting.message_record import Json, MessageRecord
from bot.counting.tasks import Tasks
from bot.errors import UserError
from bot.ledger.ledger import Ledger
from bot.ledger.records import OFF
from bot.ledger.types import id_at
from bot.ledger.write import watermark_changes

log = logging.getLogger(__name__)

MAX_WAITING = 50
"""Messages of one channel that wait; history brings back the others."""

MAX_CHANNELS = 500
MAX_PARENTS = 10_000
MAX_CONCURRENCY = 2
LOOKUP_TIMEOUT = 15.0
"""Seconds for one look-up, Discord's rate limits included."""

WITHIN = timedelta(days=1)
"""How much younger than the oldest history that is read a new watermark is: so long a restart may take."""

Fetch = Callable[[int], Awaitable[object]]
Deliver = Callable[[MessageRecord, Json], None]


class UnknownChannels:
    """Holds such messages. `deliver` (set afterwards) gets them once their channel is known, `counted` the server.

    `parents` takes the parents of channels that were looked up, None for those that have none; `history` is how far
    back catch-up reads.
    """

    def __init__(
        self,
        ledger: Ledger,
        clock: DiscordClock,
        tasks: Tasks,
        fetch: Fetch,
        counted: Callable[[int], None],
        history: timedelta,
        parents: BoundedDict[int, int | None],
    ) -> None:
        self._ledger, self._clock, self._tasks = ledger, clock, tasks
        self._fetch, self._counted, self._history = fetch, counted, history
        self._parents = parents
        self.deliver: Deliver = lambda _, __: None
        self._found = BoundedDict[int, Place](MAX_CHANNELS)
        self._waiting: defaultdict[int, list[tuple[MessageRecord, Json]]] = defaultdict(list)
        self._slots = asyncio.Semaphore(MAX_CONCURRENCY)

    def hold(self, message: MessageRecord, data: Json, guild: discord.Guild | None) -> bool:
        """Take a message whose channel isn't in the cache; False when that can be decided without its parent."""
        guild_id, channel_id, preferences = message.guild_id, message.channel_id, self._ledger.preferences
        if channel_id in self._parents or not preferences.counts_in(guild_id):
            return False
        if guild is not None and not guild.unavailable:
            if not preferences.depends_on_parent(guild_id, channel_id):
                return False
            self._ledger.writer.holds.hold_channels(guild_id, (channel_id,))
            self._wait_for_parent(message, data)
            return True
        # the server isn't there yet: its history is read when it is
        self._ledger.writer.holds.hold_channels(guild_id, (channel_id,))
        return True

    def take_found(self, channel_id: int) -> Place | None:
        """Return a channel that was just looked up, once: what is known of its last message doesn't stay true."""
        return self._found.pop(channel_id)

    def forget(self, channel_id: int) -> None:
        """Forget a channel that is gone, and what waits there."""
        self._waiting.pop(channel_id, None)
        self._found.pop(channel_id)

    def _wait_for_parent(self, message: MessageRecord, data: Json) -> None:
        channel_id = message.channel_id
        if channel_id in self._waiting:
            if len(self._waiting[channel_id]) < MAX_WAITING:
                self._waiting[channel_id].append((message, data))
        elif len(self._waiting) < MAX_CHANNELS:
            self._waiting[channel_id].append((message, data))
            self._tasks.start(self._look_up(channel_id, message.guild_id), f"look-up of channel {channel_id}")

    async def _look_up(self, channel_id: int, guild_id: int) -> None:
        """Decide about a channel. What goes wrong leaves it held, for catch-up to try once a minute."""
        try:
            begun = await self._begin_watermark(channel_id, guild_id)
            async with self._slots, asyncio.timeout(LOOKUP_TIMEOUT):
                channel = await self._fetch(channel_id)
            await self._decide(channel_id, guild_id, channel, begun)
        except discord.NotFound:
            self._ledger.writer.holds.forget(channel_id)
        except (discord.HTTPException, discord.RateLimited, OSError, TimeoutError, UserError) as error:
            log.warning("channel %d can't be looked up; catch-up tries again: %s", channel_id, error)
        except Exception as error:  # noqa: BLE001 - a page of HTML, or nothing, in place of a channel
            log.warning("channel %d can't be looked up; catch-up tries again (%s)", channel_id, type(error).__name__)
        finally:
            self._waiting.pop(channel_id, None)

    async def _begin_watermark(self, channel_id: int, guild_id: int) -> int | None:
        """Make the channel known to catch-up after a restart; return the watermark if it is new."""
        since = min(row.since_id for row in self._ledger.preferences.modes(guild_id) if row.mode != OFF)
        message_id = max(since, id_at(self._clock.earliest() - self._history + WITHIN))
        row = {"channel_id": channel_id, "guild_id": guild_id, "message_id": message_id}
        made = await self._ledger.writer.run(partial(watermark_changes.begin, **row))
        return message_id if made else None

    async def _decide(self, channel_id: int, guild_id: int, channel: object, begun: int | None) -> None:
        parent_id = channel.parent_id if isinstance(channel, discord.Thread) else None
        self._parents.put(channel_id, parent_id)
        if self._ledger.preferences.mode_of(guild_id, channel_id, parent_id) is None:
            self._ledger.writer.holds.forget(channel_id)
            if begun is not None:
                work = partial(watermark_changes.take_back, guild_id=guild_id, channel_id=channel_id, message_id=begun)
                await self._ledger.writer.run(work)
            return
        if isinstance(channel, Place):
            self._found.put(channel_id, channel)
        for message, data in self._waiting.pop(channel_id, ()):
            self.deliver(message, data)
        self._counted(guild_id)
