"""What counts messages, joined to Discord's events and history, and to the ledger and the annotator."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import discord
from discord.ext import commands

from bot.annotating.annotator import Annotator
from bot.client.ai_answers import MeasuredAnswers
from bot.client.guild_events import GuildEvents
from bot.counting.backfill import Backfill
from bot.counting.bounded_dict import BoundedDict
from bot.counting.channel_history import Bounds, ChannelHistory
from bot.counting.clock import DiscordClock
from bot.counting.effective_settings import EffectiveSettings
from bot.counting.membership import Membership
from bot.counting.message_counter import MessageCounter
from bot.counting.message_events import MessageEvents
from bot.counting.message_queue import MessageQueue
from bot.counting.message_record import Json, MessageRecord
from bot.counting.tasks import Tasks
from bot.counting.unknown_channels import MAX_PARENTS, UnknownChannels
from bot.estimation.footprint import Footprint
from bot.ledger.ledger import Ledger
from bot.ledger.records import SILENT, ChannelMode
from bot.ledger.write import watermark_changes


class MessageCounting:
    """Counts what people write in servers. `bounds` say how much of the history is read.

    `speaks_for` tells whether this process is the one that answers in a server.
    """

    def __init__(
        self,
        client: commands.AutoShardedBot,
        ledger: Ledger,
        effective: EffectiveSettings,
        bounds: Bounds,
        clock: DiscordClock,
        tasks: Tasks,
        annotator: Annotator,
        speaks_for: Callable[[int | None], bool],
    ) -> None:
        self._client, self._ledger, self._estimator = client, ledger, effective.estimator
        self._clock, self._tasks, self._annotator, self._speaks_for = clock, tasks, annotator, speaks_for
        parents = BoundedDict[int, int | None](MAX_PARENTS)
        self.counter = MessageCounter(self._estimator, ledger.preferences, effective, client.get_guild)
        self.history = ChannelHistory(client.http.logs_from, ledger, bounds, clock)
        self.membership = Membership(ledger, clock)
        self.backfill = Backfill(client, ledger, self.history, clock, tasks, self._arrived)
        unknown = UnknownChannels(ledger, clock, tasks, client.fetch_channel, self.backfill.want, bounds.age, parents)
        queue = MessageQueue()
        self.events = MessageEvents(client.get_guild, ledger.preferences, clock, unknown, parents, queue)
        ledger.writer.hand_on = queue.hand_on
        self.ai_answers = MeasuredAnswers(client, ledger, effective, clock, tasks, parents, speaks_for)
        self.guild_events = GuildEvents(client, ledger, self.membership, self.backfill, unknown)
        unknown.deliver = self.events.tell_written
        self.backfill.guild_history.take_found = unknown.take_found
        self.ai_answers.annotator = annotator
        self._listen()

    def _listen(self) -> None:
        """Hear of messages, from the gateway and from history."""
        self.events.written += (self.count_message, self.ai_answers.written)
        self.events.edited.append(self.ai_answers.edited)
        self.events.deleted.append(self.ai_answers.deleted)
        self.history.handlers += (self.count_history, self.ai_answers.read)

    async def start(self) -> None:
        """Load what counting needs, and hold all watermarks until history was read."""
        for encoding in self.counter.encodings():
            await asyncio.to_thread(self._estimator.tokenizers.prepare, encoding)
        self._clock.hear_id(await watermark_changes.newest_entry(self._ledger.engine))
        self._ledger.writer.holds.hold_all()
        await self._client.add_cog(self.guild_events)
        self.ai_answers.start()
        self._tasks.start(self.backfill.run(), "catch-up")

    def count_message(self, message: MessageRecord, data: Json, mode: ChannelMode, parent_id: int | None) -> None:
        """Record a message if it counts, and let it be annotated."""
        counted = self.counter.count_message(message, mode)
        if counted is None:
            return
        self._ledger.writer.record(counted.entry)
        is_for_ai = self.ai_answers.note_question(message, data, counted)
        if mode.mode != SILENT and not is_for_ai and self._speaks_for(counted.entry.guild_id):
            self._annotator.offer(counted, parent_id)

    async def count_history(self, message: MessageRecord, data: Json, mode: ChannelMode, _: int | None) -> None:
        """Record a message that was read from history if it counts; nothing is said of it any more."""
        counted = self.counter.count_message(message, mode)
        if counted is not None:
            await self._ledger.writer.put(counted.entry)
            self.ai_answers.note_question(message, data, counted)

    def count_request(self, interaction: discord.Interaction, footprint: Footprint) -> None:
        """Record a public `/footprint` request made in a server where the bot is."""
        entry = self.counter.request(interaction, footprint)
        if entry is None:
            return
        self._ledger.writer.record(entry, watermark=False)
        if entry.guild_id not in self._ledger.preferences.guilds_with_settings():
            # so that its data is purged when it removes the bot
            known = self._ledger.preferences.set_server(self._ledger.writer, entry.guild_id)
            self._tasks.start(known, f"first request of server {entry.guild_id}")

    async def _arrived(self, guild_id: int, joined_at: datetime | None) -> None:
        """Note that the bot is a member of a server, and let the channels be told if it was away."""
        await self.membership.arrived(guild_id, joined_at)
        await self.ai_answers.arrived(guild_id)
        if self._ledger.preferences.settings(guild_id).notice_due:
            self._client.dispatch("guild_return", guild_id)
