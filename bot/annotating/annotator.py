"""Annotates messages where an admin asked for it: one task per busy channel, few requests at a time.

Nothing here is waited for by the counting of messages or by commands; what can't be said in time is not said.
"""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import discord

from bot.annotating import required_permissions
from bot.annotating.annotation_sender import AnnotationSender
from bot.annotating.breaker import MISHAP_REST, Breaker
from bot.annotating.channel_queue import ChannelQueue
from bot.annotating.pending_annotation import FRESH, PendingAnnotation
from bot.annotating.rate_limits import EDIT, POST, REACT, Limits
from bot.annotating.sending import Outcome
from bot.counting.ai_answers.settling import CountedAnswer
from bot.counting.bounded_dict import BoundedDict
from bot.counting.clock import DiscordClock
from bot.counting.effective_settings import EffectiveSettings
from bot.counting.message_counter import CountedMessage
from bot.counting.tasks import Tasks
from bot.ledger.records import DIGEST, REACTION, SILENT, WHOLE_SERVER, ChannelMode

log = logging.getLogger(__name__)

MAX_CONCURRENCY = 4
"""Requests under way at the same time: the connections are there for commands first."""

DIGEST_SECONDS = 30.0
"""How long a digest may take to go out; it isn't an answer to anybody."""

LONG_PAUSE = 60.0
"""Seconds from which on a pause of the whole bot is shown to admins."""

DROPPED = "dropped"


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
        saying: AnnotationSender,
        limits: Limits,
        tasks: Tasks,
        discords_clock: DiscordClock,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.breaker = Breaker()
        self._discords_clock = discords_clock
        self._client, self._effective, self._saying = client, effective, saying
        self._preferences, self._limits, self._tasks, self._clock = effective.preferences, limits, tasks, clock
        self._lanes: dict[int, ChannelQueue] = {}
        self._slots = asyncio.Semaphore(MAX_CONCURRENCY)
        self._outcomes: Counter[str] = Counter()
        self._blocked_by = BoundedDict[int, None](10_000)

    @property
    def state(self) -> AnnotatorState:
        """Return how it is doing."""
        waiting = sum(len(lane.queue) for lane in self._lanes.values())
        dropped = sum(lane.dropped for lane in self._lanes.values())
        outcomes = Counter(self._outcomes)
        outcomes[DROPPED] += dropped
        return AnnotatorState(waiting, outcomes, self.breaker.open_count)

    def paused(self, guild_id: int) -> list[PausedChannel]:
        """Return the server's channels where Discord refuses annotations; channel 0 when it does so everywhere."""
        now, moment = self._clock(), self._discords_clock.now()
        known = [(one, now - shut.since, shut.next_try - now) for one, shut in self.breaker.refusing(guild_id).items()]
        seconds = self._limits.paused_for
        if seconds >= LONG_PAUSE:
            known.insert(0, (WHOLE_SERVER, 0.0, seconds))
        return [
            PausedChannel(one, moment - timedelta(seconds=since), moment + timedelta(seconds=rest))
            for one, since, rest in known
        ]

    def offer(self, counted: CountedMessage, parent_id: int | None) -> None:
        """Take a message that was counted, if it is to be annotated and that can be done in time. Never waits."""
        if counted.mode.mode != SILENT and self._wanted(counted, self._lanes.get(counted.entry.channel_id)):
            self._let_wait(PendingAnnotation.of(counted, parent_id, self._clock()), counted.mode)

    def offer_answer(self, counted: CountedAnswer) -> None:
        """Take an AI bot's answer that was just measured, unless it is short or nothing is to be said of it."""
        mode = counted.mode
        if mode is None or mode.mode == SILENT or not counted.may_annotate:
            return
        is_long = counted.footprint.visible_tokens.expected >= self._effective.min_tokens(mode)
        if is_long and not self._preferences.quiet(counted.entry.author_id):
            self._let_wait(PendingAnnotation.of_answer(counted, mode, self._clock()), mode)

    def _let_wait(self, pending: PendingAnnotation, mode: ChannelMode) -> None:
        channel_id, now = pending.channel_id, pending.arrived
        if self._limits.near_invalid_request_limit or not self.breaker.allows(channel_id, now):
            self._outcomes[DROPPED] += 1
            return
        lane = self._lanes.get(channel_id)
        if lane is None:
            lane = self._lanes[channel_id] = ChannelQueue(mode.mode)
            self._tasks.start(self._work(channel_id, lane), f"annotations of channel {channel_id}")
        lane.add(pending, mode.mode, now)

    async def on_message_deleted(self, channel_id: int, message_id: int) -> None:
        """Say nothing of a message that is deleted, and take back what was said of it."""
        lane = self._lanes.get(channel_id)
        if lane is not None:
            lane.forget(message_id)
        await self._saying.delete_reply(channel_id, message_id)

    def _wanted(self, counted: CountedMessage, lane: ChannelQueue | None) -> bool:
        """Tell whether the message is long and new enough, and its author doesn't mind.

        Short ones aren't annotated, and open no digest; they count in one that is open.
        """
        entry = counted.entry
        in_digest = counted.mode.mode == DIGEST and lane is not None and lane.digest is not None
        if entry.prompt_tokens < self._effective.min_tokens(counted.mode) and not in_digest:
            return False
        if self._preferences.quiet(entry.author_id) or entry.author_id in self._blocked_by:
            return False
        return self._discords_clock.seconds_since(entry.message_id) < FRESH

    # One channel's task

    async def _work(self, channel_id: int, lane: ChannelQueue) -> None:
        try:
            while (rest := self._rest(channel_id, lane)) is not None:
                if rest > 0:
                    await lane.pause(rest)
                else:
                    async with self._slots:
                        await self._act(channel_id, lane)
        finally:
            self._outcomes[DROPPED] += lane.dropped
            del self._lanes[channel_id]

    def _rest(self, channel_id: int, lane: ChannelQueue) -> float | None:
        """Return the seconds until something can be said, None when the channel may be forgotten."""
        now = self._clock()
        lane.drop_late(now)
        lane.tidy(now)
        rests = (self._digest_in(channel_id, lane, now), self._next_in(channel_id, lane, now))
        known = [rest for rest in rests if rest is not None]
        return min(known) if known else lane.lingers_in(now) or None

    def _digest_in(self, channel_id: int, lane: ChannelQueue, now: float) -> float | None:
        due = lane.digest.due_in(now) if lane.digest is not None else None
        if lane.digest is None or due is None:
            return None
        route = POST if lane.digest.posted_id is None else EDIT
        return max(due, self._limits.pace.wait(route._replace(channel_id=channel_id), now))

    def _next_in(self, channel_id: int, lane: ChannelQueue, now: float) -> float | None:
        if not lane.queue:
            return None
        route = REACT if lane.mode == REACTION else POST
        return self._limits.pace.wait(route._replace(channel_id=channel_id), now)

    async def _act(self, channel_id: int, lane: ChannelQueue) -> None:
        """Say what is due now; while we waited for our turn it may have changed."""
        now = self._clock()
        lane.drop_late(now)
        if self._digest_in(channel_id, lane, now) == 0:
            await self._show_digest(channel_id, lane)
        elif self._next_in(channel_id, lane, now) == 0:
            await self._say(lane, lane.queue.popleft())

    async def _say(self, lane: ChannelQueue, pending: PendingAnnotation) -> None:
        now = self._clock()
        if not self._still_wanted(lane, pending) or not self._may(pending, lane.mode, now):
            self._outcomes[DROPPED] += 1
            return
        self._limits.pace.record_request(now)
        await self._saying.tell_first(pending, pending.left(now))
        say = self._saying.react if lane.mode == REACTION else self._saying.reply
        outcome = await say(pending, pending.left(self._clock()))
        self._note(outcome, pending)

    async def _show_digest(self, channel_id: int, lane: ChannelQueue) -> None:
        digest, now = lane.digest, self._clock()
        assert digest is not None, "it is due"
        if not self._still_on(lane, digest.last) or not self._may(digest.last, lane.mode, now):
            lane.digest = None
            return
        self._limits.pace.record_request(now)
        await self._saying.tell_first(digest.last, DIGEST_SECONDS)
        outcome = await self._saying.digest(digest, self._may_be_named, DIGEST_SECONDS)
        if outcome is Outcome.REFUSED:
            lane.digest = None
        self._note(outcome, digest.last)

    def _still_wanted(self, lane: ChannelQueue, pending: PendingAnnotation) -> bool:
        """Tell whether nobody has said otherwise since the message came."""
        return self._still_on(lane, pending) and self._may_be_named(pending)

    def _still_on(self, lane: ChannelQueue, pending: PendingAnnotation) -> bool:
        mode = self._preferences.mode_of(pending.guild_id, pending.channel_id, pending.parent_id)
        lane.follow(mode.mode if mode is not None else SILENT)
        return mode is not None and mode.mode != SILENT

    def _may_be_named(self, pending: PendingAnnotation) -> bool:
        author = pending.author_id
        return not self._preferences.opted_out(author, pending.message_id) and not self._preferences.quiet(author)

    def _may(self, pending: PendingAnnotation, mode: str, now: float) -> bool:
        """Tell whether the bot has what it takes there; ask no one."""
        guild = self._client.get_guild(pending.guild_id)
        channel = guild.get_channel_or_thread(pending.channel_id) if guild else None
        lacks = required_permissions.missing(channel, mode) if channel is not None else ()
        if not lacks:
            self.breaker.has_all(pending.channel_id)
            return self.breaker.allows(pending.channel_id, now)
        if self.breaker.lacks(pending.guild_id, pending.channel_id, lacks[0], now):
            log.info("channel %d: no annotations, %s is missing", pending.channel_id, lacks[0])
        return False

    def _note(self, outcome: Outcome, pending: PendingAnnotation) -> None:
        self._outcomes[outcome.value] += 1
        channel_id = pending.channel_id
        if outcome is Outcome.BLOCKED:
            self._blocked_by.put(pending.author_id, None)
        elif outcome is Outcome.REFUSED:
            if self.breaker.record_failure(pending.guild_id, channel_id, self._clock()):
                log.warning("channel %d: Discord refuses annotations; they pause there", channel_id)
        elif outcome is Outcome.FAILED:
            if self.breaker.record_failure(pending.guild_id, channel_id, self._clock(), MISHAP_REST):
                log.warning("channel %d: Discord fails; annotations pause there for a while", channel_id)
        elif outcome is Outcome.SENT and self.breaker.record_success(channel_id):
            log.info("channel %d: annotations work again", channel_id)
