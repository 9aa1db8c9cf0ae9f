"""Says what waits in a channel, as fast as Discord lets us: one task per busy channel, few requests at a time."""

import asyncio
from collections.abc import Callable

from bot.annotating.annotation_sender import AnnotationSender
from bot.annotating.channel_queue import ChannelQueue
from bot.annotating.pending_annotation import PendingAnnotation
from bot.annotating.rate_limits import EDIT, POST, REACT, RateLimits
from bot.annotating.send_checks import SendChecks
from bot.annotating.send_log import SendLog
from bot.annotating.sending import Outcome
from bot.ledger.records import REACTION

MAX_CONCURRENCY = 4
"""Requests under way at the same time: the connections are there for commands first."""

DIGEST_SECONDS = 30.0
"""How long a digest may take to go out; it isn't an answer to anybody."""


class ChannelWorker:
    """Empties the queues of all channels. `clock` gives seconds that only grow."""

    def __init__(
        self,
        sender: AnnotationSender,
        checks: SendChecks,
        log: SendLog,
        rate_limits: RateLimits,
        clock: Callable[[], float],
    ) -> None:
        self._sender, self._checks, self._log, self._rate_limits, self._clock = sender, checks, log, rate_limits, clock
        self._slots = asyncio.Semaphore(MAX_CONCURRENCY)

    async def run(self, channel_id: int, queue: ChannelQueue) -> None:
        """Say what comes into the queue, until nothing there is worth remembering."""
        try:
            while (rest := self._rest(channel_id, queue)) is not None:
                if rest > 0:
                    await queue.pause(rest)
                else:
                    async with self._slots:
                        await self._act(channel_id, queue)
        finally:
            self._log.drop(queue.dropped)

    def _rest(self, channel_id: int, queue: ChannelQueue) -> float | None:
        """Return the seconds until something can be said, None when the channel may be forgotten."""
        now = self._clock()
        queue.drop_late(now)
        queue.tidy(now)
        rests = (self._digest_in(channel_id, queue, now), self._next_in(channel_id, queue, now))
        known = [rest for rest in rests if rest is not None]
        return min(known) if known else queue.lingers_in(now) or None

    def _digest_in(self, channel_id: int, queue: ChannelQueue, now: float) -> float | None:
        due = queue.digest.due_in(now) if queue.digest is not None else None
        if queue.digest is None or due is None:
            return None
        route = POST if queue.digest.posted_id is None else EDIT
        return max(due, self._rate_limits.wait(route._replace(channel_id=channel_id), now))

    def _next_in(self, channel_id: int, queue: ChannelQueue, now: float) -> float | None:
        if not queue.waiting:
            return None
        route = REACT if queue.mode == REACTION else POST
        return self._rate_limits.wait(route._replace(channel_id=channel_id), now)

    async def _act(self, channel_id: int, queue: ChannelQueue) -> None:
        """Say what is due now; while we waited for our turn it may have changed."""
        now = self._clock()
        queue.drop_late(now)
        if self._digest_in(channel_id, queue, now) == 0:
            await self._show_digest(channel_id, queue)
        elif self._next_in(channel_id, queue, now) == 0:
            await self._say(queue, queue.waiting.popleft())

    async def _say(self, queue: ChannelQueue, pending: PendingAnnotation) -> None:
        now = self._clock()
        if not self._checks.still_wanted(queue, pending) or not self._checks.may_send(pending, queue.mode, now):
            self._log.drop()
            return
        self._rate_limits.record_request(now)
        await self._sender.tell_first(pending, pending.left(now))
        say = self._sender.react if queue.mode == REACTION else self._sender.reply
        outcome = await say(pending, pending.left(self._clock()))
        self._log.note(outcome, pending)

    async def _show_digest(self, channel_id: int, queue: ChannelQueue) -> None:
        digest, now = queue.digest, self._clock()
        assert digest is not None, "it is due"
        if not self._checks.still_on(queue, digest.last) or not self._checks.may_send(digest.last, queue.mode, now):
            queue.digest = None
            return
        self._rate_limits.record_request(now)
        await self._sender.tell_first(digest.last, DIGEST_SECONDS)
        outcome = await self._sender.digest(digest, self._checks.may_be_named, DIGEST_SECONDS)
        if outcome is Outcome.REFUSED:
            queue.digest = None
        self._log.note(outcome, digest.last)
