"""How fast Discord lets us write, as its headers say: nothing is known beforehand, nothing is guessed."""

import math
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from bot.annotating.rate_limits import Route
from bot.client.http_limits.retry_after import retry_after

MAX_BUCKETS = 10_000
"""Channels and routes remembered at once; the longest untouched go first."""

MARGIN = 0.05
"""Seconds added to what Discord says, for the way there."""

BANNED_PAUSE = 600.0
"""Seconds of silence after a refusal that isn't Discord's own (its proxy's), when it doesn't say how long."""

FIRST_GAP, MAX_GAP = 1 / 32, 2.0
EASES_AFTER = 60.0
"""Seconds: after a limit for the whole bot our own requests keep a distance, which halves this often."""


@dataclass(slots=True)
class RateLimitBucket:
    """What a bucket still takes until a moment."""

    remaining: int
    until: float


class RateLimitTracker:
    """When the next request of ours may go out: per route and channel, and for the whole bot.

    Moments are seconds of one clock, handed in.
    """

    def __init__(self) -> None:
        self._buckets: OrderedDict[tuple[str, str, int], RateLimitBucket] = OrderedDict()
        self._everything = -math.inf
        self._next = -math.inf
        self._gap, self._eased_at = 0.0, 0.0
        self.global_until = -math.inf
        """Until when Discord limits the whole bot."""
        self.barred_until = -math.inf
        """Until when what stands before Discord lets nothing of ours through."""

    def note(self, route: Route, status: int, headers: Mapping[str, str], now: float) -> None:
        """Learn from an answer's headers."""
        if route.channel_id is not None:
            self._learn(route, status, headers, now)
        if status == 429:
            self._limited(headers, now)

    def wait(self, route: Route, now: float) -> float:
        """Return the seconds until such a request may go out; 0 when it may now."""
        known = self._buckets.get((route.method, route.path, route.channel_id or 0))
        bucket = known.until - now if known is not None and known.remaining <= 0 else 0.0
        return max(0.0, bucket, self._everything - now, self._next - now)

    def record_request(self, now: float) -> None:
        """Note that a request of ours goes out."""
        if self._gap and now - self._eased_at > EASES_AFTER:
            self._gap = self._gap / 2 if self._gap > FIRST_GAP else 0.0
            self._eased_at = now
        self._next = now + self._gap

    def _learn(self, route: Route, status: int, headers: Mapping[str, str], now: float) -> None:
        remaining, after = _number(headers, "X-RateLimit-Remaining"), _number(headers, "X-RateLimit-Reset-After")
        if status == 429:
            remaining, after = 0.0, retry_after(headers) if after is None else after
        if remaining is None or after is None:
            return
        key = (route.method, route.path, route.channel_id or 0)
        self._buckets[key] = RateLimitBucket(int(remaining), now + after + MARGIN)
        self._buckets.move_to_end(key)
        if len(self._buckets) > MAX_BUCKETS:
            self._buckets.popitem(last=False)

    def _limited(self, headers: Mapping[str, str], now: float) -> None:
        wait = retry_after(headers)
        if headers.get("X-RateLimit-Global"):
            self.global_until = now + (wait or 1.0) + MARGIN
            self._everything = max(self._everything, self.global_until)
            self._gap, self._eased_at = min(MAX_GAP, max(FIRST_GAP, self._gap * 2)), now
        elif not headers.get("Via"):
            self.barred_until = max(self.barred_until, now + (wait or BANNED_PAUSE))
            self._everything = max(self._everything, self.barred_until)


def _number(headers: Mapping[str, str], name: str) -> float | None:
    try:
        value = float(headers[name])
    except (KeyError, ValueError):
        return None
    return value if math.isfinite(value) else None
