"""How many sessions a bot may start, and how fast."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from sandbox.state.models import Json

TOTAL = 1000
"""Sessions that a bot may start in a day."""

IDENTIFY_PERIOD = 5.0
"""Seconds in which each of `max_concurrency` groups of shards may identify once."""


@dataclass(slots=True)
class SessionStartLimit:
    """`session_start_limit` of `/gateway/bot`: `reset_after` in milliseconds.

    `strict`: two IDENTIFYs of one group within five seconds are answered with an invalid session, as on
    Discord. Off by default, so that tests needn't wait.
    """

    total: int = TOTAL
    remaining: int = TOTAL
    reset_after: int = 86_400_000
    max_concurrency: int = 16
    strict: bool = False
    _last: dict[int, float] = field(default_factory=dict)

    def payload(self) -> Json:
        """As `/gateway/bot` says it."""
        return {
            "total": self.total,
            "remaining": self.remaining,
            "reset_after": self.reset_after,
            "max_concurrency": self.max_concurrency,
        }

    @property
    def used_up(self) -> bool:
        """Whether no session may start any more."""
        return self.remaining <= 0

    def reset(self) -> None:
        """A new day."""
        self.total = self.remaining = TOTAL
        self.strict = False

    def too_fast(self, shard_id: int) -> bool:
        """Note an IDENTIFY; whether its group of shards had one less than five seconds ago."""
        group, now = shard_id % self.max_concurrency, time.monotonic()
        early = self.strict and now - self._last.get(group, -IDENTIFY_PERIOD) < IDENTIFY_PERIOD
        self._last[group] = now
        return early
