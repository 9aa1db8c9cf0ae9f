"""What waits to be said in one channel, and when: bounded, never late, and a digest where replies are too many."""

import asyncio
from collections import deque

from bot.annotating.burst_detector import BurstDetector
from bot.annotating.digest import Digest
from bot.annotating.pending_annotation import PendingAnnotation
from bot.counting.tasks import rest
from bot.ledger.records import DIGEST, REPLY

MAX_WAITING = 20
"""Messages that wait in one channel; the oldest make room."""

LINGERS = 60.0
"""Seconds without messages after which a channel is forgotten: longer than any replay stays fresh."""


class ChannelQueue:
    """One channel's queue, and its digest. Moments are seconds of the annotator's clock."""

    def __init__(self, mode: str) -> None:
        self.mode = mode
        self.waiting: deque[PendingAnnotation] = deque()
        self.bursts = BurstDetector()
        self.digest: Digest | None = None
        self.dropped = 0
        self._last_id = 0
        self._last_arrival = 0.0
        self._changed = asyncio.Event()

    def add(self, pending: PendingAnnotation, mode: str, now: float) -> None:
        """Take one more message; one that was taken before, as in a replay, changes nothing."""
        if pending.message_id <= self._last_id and not pending.measured:
            return  # what was measured comes once, and later than others
        self.follow(mode)
        self._last_id, self._last_arrival = max(self._last_id, pending.message_id), now
        if mode == REPLY:
            self.bursts.arrives(now)
        if mode == DIGEST:
            self._sum(pending, now, instead_of_replies=False)
        elif mode == REPLY and self.bursts.is_there(now):
            self._sum_what_waits(now, pending)
        else:
            self._wait(pending)
        self._changed.set()

    def follow(self, mode: str) -> None:
        """Do as the admins chose: what was begun in another mode is let go."""
        if mode != self.mode:
            self.mode, self.digest = mode, None
            self.waiting.clear()

    def forget(self, message_id: int) -> None:
        """Let go of a message that is gone."""
        self.waiting = deque(one for one in self.waiting if one.message_id != message_id)
        if self.digest is not None:
            self.digest.forget(message_id)
            self._changed.set()

    def drop_late(self, now: float) -> None:
        """Let go of what can't be said in time any more; replies that come too late become a digest."""
        late = [one for one in self.waiting if one.left(now) <= 0]
        if not late:
            return
        if self.mode == REPLY:
            self.bursts.overflows(now)
            self._sum_what_waits(now)
        else:
            self.dropped += len(late)
            self.waiting = deque(one for one in self.waiting if one.left(now) > 0)

    def tidy(self, now: float) -> None:
        """Close a digest that stood for replies, once it shows all and it is calm again."""
        digest = self.digest
        if digest is None:
            return
        calm = digest.instead_of_replies and not self.bursts.is_there(now)
        if digest.due_in(now) is None and (calm or digest.ends_in(now) <= 0):
            self.digest = None

    def lingers_in(self, now: float) -> float:
        """Return the seconds until nothing here is worth remembering."""
        ends = self.digest.ends_in(now) if self.digest is not None else 0.0
        return max(0.0, self._last_arrival + LINGERS - now, self.bursts.calm_in(now), ends)

    async def pause(self, seconds: float) -> None:
        """Return after so many seconds, or when something changed."""
        await rest(self._changed, seconds)

    def _wait(self, pending: PendingAnnotation) -> None:
        self.waiting.append(pending)
        if len(self.waiting) > MAX_WAITING:
            self.waiting.popleft()
            self.dropped += 1

    def _sum_what_waits(self, now: float, *more: PendingAnnotation) -> None:
        for one in (*self.waiting, *more):
            self._sum(one, now, instead_of_replies=True)
        self.waiting.clear()

    def _sum(self, pending: PendingAnnotation, now: float, *, instead_of_replies: bool) -> None:
        if self.digest is None or self.digest.ends_in(now) <= 0:
            self.digest = Digest(pending, instead_of_replies=instead_of_replies)
        else:
            self.digest.add(pending)
