"""Takes the messages that are to be annotated, and tells how that goes.

Nothing here is waited for by the counting of messages or by commands; what can't be said in time is not said.
"""

import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import discord

from bot.annotating.annotation_sender import AnnotationSender
from bot.annotating.breaker import Breaker
from bot.annotating.channel_queue import ChannelQueue
from bot.annotating.channel_worker import ChannelWorker
from bot.annotating.pending_annotation import FRESH, PendingAnnotation
from bot.annotating.rate_limits import Limits
from bot.annotating.send_checks import SendChecks
from bot.annotating.send_log import DROPPED, SendLog
from bot.counting.ai_answers.settling import CountedAnswer
from bot.counting.clock import DiscordClock
from bot.counting.effective_settings import EffectiveSettings
from bot.counting.message_counter import CountedMessage
from bot.counting.tasks import Tasks
from bot.ledger.records import DIGEST, SILENT, WHOLE_SERVER, ChannelMode

LONG_PAUSE = 60.0
"""Seconds from which on a pause of the whole bot is shown to admins."""


@dataclass(frozen=True, slots=True)
class AnnotatorState:
    """Messages waiting, what came of the others by outcome, and how many channels are left alone for now."""

    waiting: int
    outcomes: Mapping[str, int]
    paused: int


@dataclass(frozen=True, slots=True)
class PausedChannel:
    """A channel where Discord refuses annotations since a moment; they are tried again at `next_try`."""

    channel_id: int
    since: datetime
    next_try: datetime


class Annotator:
    """Takes counted messages and says what is to be said of them.

    `discords_clock` tells how old a message is; `clock` gives seconds that only grow.
    """

    def __init__(
        self,
        client: discord.AutoShardedClient,
        effective: EffectiveSettings,
        sender: AnnotationSender,
        limits: Limits,
        tasks: Tasks,
        discords_clock: DiscordClock,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.breaker = Breaker()
        self._discords_clock, self._clock = discords_clock, clock
        self._effective, self._preferences = effective, effective.preferences
        self._sender, self._limits, self._tasks = sender, limits, tasks
        self._log = SendLog(self.breaker, clock)
        checks = SendChecks(client, effective, self.breaker)
        self._worker = ChannelWorker(sender, checks, self._log, limits.rate_limits, clock)
        self._queues: dict[int, ChannelQueue] = {}

    @property
    def state(self) -> AnnotatorState:
        """Return how it is doing."""
        queues = self._queues.values()
        outcomes = Counter(self._log.outcomes)
        outcomes[DROPPED] += sum(queue.dropped for queue in queues)
        return AnnotatorState(sum(len(queue.waiting) for queue in queues), outcomes, self.breaker.open_count)

    def paused(self, guild_id: int) -> list[PausedChannel]:
        """Return the server's channels where Discord refuses annotations; channel 0 when it does so everywhere."""
        now, moment = self._clock(), self._discords_clock.now()
        known = [
            (one, now - circuit.since, circuit.next_try - now)
            for one, circuit in self.breaker.refusing(guild_id).items()
        ]
        seconds = self._limits.paused_for
        if seconds >= LONG_PAUSE:
            known.insert(0, (WHOLE_SERVER, 0.0, seconds))
        return [
            PausedChannel(one, moment - timedelta(seconds=since), moment + timedelta(seconds=rest))
            for one, since, rest in known
        ]

    def offer(self, counted: CountedMessage, parent_id: int | None) -> None:
        """Take a message that was counted, if it is to be annotated and that can be done in time. Never waits."""
        if counted.mode.mode != SILENT and self._wanted(counted, self._queues.get(counted.entry.channel_id)):
            self._let_wait(PendingAnnotation.from_message(counted, parent_id, self._clock()), counted.mode)

    def offer_answer(self, counted: CountedAnswer) -> None:
        """Take an AI bot's answer that was just measured, unless it is short or nothing is to be said of it."""
        mode = counted.mode
        if mode is None or mode.mode == SILENT or not counted.may_annotate:
            return
        is_long = counted.footprint.visible_tokens.expected >= self._effective.min_tokens(mode)
        if is_long and not self._preferences.quiet(counted.entry.author_id):
            self._let_wait(PendingAnnotation.from_answer(counted, mode, self._clock()), mode)

    def _let_wait(self, pending: PendingAnnotation, mode: ChannelMode) -> None:
        channel_id, now = pending.channel_id, pending.arrived
        if self._limits.near_invalid_request_limit or not self.breaker.allows(channel_id, now):
            self._log.drop()
            return
        queue = self._queues.get(channel_id)
        if queue is None:
            queue = self._queues[channel_id] = ChannelQueue(mode.mode)
            self._tasks.start(self._work(channel_id, queue), f"annotations of channel {channel_id}")
        queue.add(pending, mode.mode, now)

    async def on_message_deleted(self, channel_id: int, message_id: int) -> None:
        """Say nothing of a message that is deleted, and take back what was said of it."""
        queue = self._queues.get(channel_id)
        if queue is not None:
            queue.forget(message_id)
        await self._sender.delete_reply(channel_id, message_id)

    def _wanted(self, counted: CountedMessage, queue: ChannelQueue | None) -> bool:
        """Tell whether the message is long and new enough, and its author doesn't mind.

        Short ones aren't annotated, and open no digest; they count in one that is open.
        """
        entry = counted.entry
        in_digest = counted.mode.mode == DIGEST and queue is not None and queue.digest is not None
        if entry.prompt_tokens < self._effective.min_tokens(counted.mode) and not in_digest:
            return False
        if self._preferences.quiet(entry.author_id) or self._log.is_blocked_by(entry.author_id):
            return False
        return self._discords_clock.seconds_since(entry.message_id) < FRESH

    async def _work(self, channel_id: int, queue: ChannelQueue) -> None:
        try:
            await self._worker.run(channel_id, queue)
        finally:
            del self._queues[channel_id]
