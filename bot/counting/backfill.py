"""Reads what was written while the bot was away, so that totals stay exact: history after each channel's watermark.

The writer holds a server's watermarks from the moment its events may be missing (`WatermarkHolds`), while those that
come are recorded. As soon as the server itself is there, each of its counted channels is read from its watermark on,
a minute earlier because ids can come out of order, and only then the watermark moves past the gap. Nothing is answered
late, and nothing is read twice for good: entries are keyed by message id. Each server is read by a task of its own.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import datetime

import discord
from sqlalchemy.exc import SQLAlchemyError

from bot.counting.channel_history import ChannelHistory
from bot.counting.clock import DiscordClock
from bot.counting.guild_history import GuildHistory, Round
from bot.counting.tasks import Tasks, rest
from bot.errors import UserError, reason
from bot.ledger.ledger import Ledger

log = logging.getLogger(__name__)

BACKFILL_INTERVAL = 60.0
"""Seconds between two looks for channels whose watermark still stands, as after messages had to be dropped."""

MAX_CONCURRENCY = 4
"""Servers that are read at the same time: requests are left over for commands."""

MAX_LISTING = 2
"""Servers whose archived threads are listed at the same time."""

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
        self._client, self._ledger, self._tasks, self._arrived = client, ledger, tasks, arrived
        self.guild_history = GuildHistory(client, ledger, history, clock)
        self._wanted: dict[int, None] = {}
        self._reading: set[int] = set()
        self._slots, self._thread_slots = asyncio.Semaphore(MAX_CONCURRENCY), asyncio.Semaphore(MAX_LISTING)
        self._wake = asyncio.Event()
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
                now = await self._read_guild(guild_id)
            if now is not None:
                async with self._thread_slots:
                    await self.guild_history.read_archived(now)
        except (SQLAlchemyError, UserError, OSError) as error:
            log.warning("server %d: catch-up is put off: %s", guild_id, reason(error))
        except Exception:
            log.exception("server %d: catch-up failed; it is tried again", guild_id)
        finally:
            self._reading.discard(guild_id)
            self.rounds[guild_id] += 1
            if guild_id in self._wanted:  # asked for again meanwhile
                self._wake.set()

    async def _read_guild(self, guild_id: int) -> Round | None:
        guild, holds = self._client.get_guild(guild_id), self._ledger.writer.holds
        if guild is None or guild.unavailable:
            return None  # it is wanted again when it comes
        session, now = holds.session(guild_id), None
        await self._arrived(guild_id, guild.me.joined_at if guild.me else None)
        if not self._client.intents.message_content:
            return None  # messages come empty, histories too: all stands still until they can be read
        if guild_id in self._ledger.preferences.guilds_with_settings():
            now = await self.guild_history.read(guild, session)
        holds.settle(guild_id, session)
        return now
