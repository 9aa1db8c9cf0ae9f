"""The sum of a stretch of activity in one channel: one message, edited in place now and then."""

import math
from collections.abc import Callable

from bot.annotating.pending_annotation import PendingAnnotation
from bot.estimation.ranges import Range

FIRST_AFTER = 5.0
"""Seconds from the first message to the digest's first appearance: those written together come together."""

EDIT_INTERVAL = 120.0
"""Seconds between two edits."""

BURST_EDIT_INTERVAL = 30.0
"""Seconds between two edits where the digest stands for replies: people wait for them."""

QUIET = 15 * 60.0
MAX_AGE = 60 * 60.0
"""Seconds without messages, and in all, after which the next message begins a new digest further down."""


class Digest:
    """What was summed since the first message; `posted_id` is the bot's message that shows it.

    `instead_of_replies` says that it stands for replies that a crowded channel couldn't bear.
    """

    def __init__(self, first: PendingAnnotation, *, instead_of_replies: bool) -> None:
        self.first = first
        self.last = first
        self.instead_of_replies = instead_of_replies
        self.messages = 0
        self.energy_wh = self.gwp_g = Range.exactly(0.0)
        self.water_ml: Range | None = Range.exactly(0.0)
        self.courtesy_words = self.courtesy_only = 0
        self.largest: PendingAnnotation | None = None
        self.posted_id: int | None = None
        self.removed = False
        self._changed, self._shown_at = False, -math.inf
        self.add(first)

    def add(self, pending: PendingAnnotation) -> None:
        """Count one more message."""
        impact, courtesy = pending.footprint.impact, pending.footprint.courtesy
        self.messages += 1
        self.energy_wh, self.gwp_g = self.energy_wh + impact.energy_wh, self.gwp_g + impact.gwp_g
        water, more = self.water_ml, impact.water_ml
        self.water_ml = None if water is None or more is None else water + more
        self.courtesy_words += courtesy.words
        self.courtesy_only += courtesy.only
        if self.largest is None or _energy(pending) > _energy(self.largest):
            self.largest = pending
        self.last, self._changed = pending, True

    def forget(self, message_id: int) -> None:
        """Point no more at a message that is gone."""
        if self.largest is not None and self.largest.message_id == message_id:
            self.largest, self._changed = None, True

    def largest_if(self, may_be_named: Callable[[PendingAnnotation], bool]) -> PendingAnnotation | None:
        """Return the largest message, None when its author wants to be left alone."""
        return self.largest if self.largest is not None and may_be_named(self.largest) else None

    def due_in(self, now: float) -> float | None:
        """Return the seconds until it should be posted or edited, None when there is nothing new to show."""
        if not self._changed or self.removed:
            return None
        if self.posted_id is None:
            return max(0.0, self.first.arrived + FIRST_AFTER - now, self._shown_at + EDIT_INTERVAL - now)
        return max(0.0, self._shown_at + (BURST_EDIT_INTERVAL if self.instead_of_replies else EDIT_INTERVAL) - now)

    def begins(self, now: float) -> None:
        """Note that what was summed so far goes out now."""
        self._shown_at, self._changed = now, False

    def ended(self, posted_id: int | None) -> None:
        """Note which message shows it; None when that failed, so that it is tried again later."""
        self.posted_id = posted_id or self.posted_id
        self._changed = self._changed or posted_id is None

    def ends_in(self, now: float) -> float:
        """Return the seconds until the next message begins a new one."""
        return max(0.0, min(self.last.arrived + QUIET, self.first.arrived + MAX_AGE) - now)


def _energy(pending: PendingAnnotation) -> float:
    return pending.footprint.impact.energy_wh.expected
