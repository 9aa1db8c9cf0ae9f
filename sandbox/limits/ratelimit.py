"""Discord's rate limits: buckets per route and major parameter, and a limit for the whole bot."""

import hashlib
import math
from dataclasses import dataclass, field

Limit = tuple[int, float]  # requests, seconds

_MESSAGES = "POST /channels/{id}/messages"
_OUTSIDE_GLOBAL = "POST /interactions/"
_PRUNE_FROM = 1024  # buckets held before those that are over are dropped


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a request may pass, and the headers of its answer either way; `retry_after` in seconds."""

    allowed: bool
    headers: dict[str, str] = field(default_factory=dict)
    retry_after: float = 0.0
    is_global: bool = False


@dataclass(slots=True)
class _Window:
    """A bucket's running window: requests let through, and when it ends."""

    used: int
    ends: float


class RateLimits:
    """Counts requests per bucket in fixed windows, each starting with its first request.

    The limits are plain attributes and may be set at any time; ``None`` lifts one. A refused request uses
    nothing up. Memory is bounded by the requests let through within the longest window.
    """

    def __init__(self) -> None:
        self.messages: Limit | None = (5, 5.0)  # new messages, per channel
        self.reactions: Limit | None = (1, 0.25)  # all reactions put or taken back, per channel
        self.default: Limit | None = (50, 1.0)  # any other route, per major parameter
        self.global_limit: Limit | None = (50, 1.0)
        self._windows: dict[tuple[str, str], _Window] = {}
        self._global = _Window(0, -math.inf)
        self._prune_at = _PRUNE_FROM

    def acquire(self, route_key: str, major: str, now: float) -> Verdict:
        """Count a request, or refuse it.

        `route_key` is method and path with placeholders (``POST /channels/{id}/messages``), `major` the
        channel, guild or webhook it is about, `now` the time in seconds since 1970 (clients are told it).
        """
        counted = not route_key.startswith(_OUTSIDE_GLOBAL)
        if counted and (wait := self._global_wait(now)) > 0:
            return Verdict(False, _refusal(wait, "global"), wait, is_global=True)
        name, limit = self._bucket(route_key)
        if limit is None:
            headers = {}
        else:
            window = self._window((name, major), limit, now)
            full = window.used >= limit[0]
            window.used += not full
            headers = _headers(name, limit[0], window, now)
            if full:
                wait = _up(window.ends - now)
                return Verdict(False, headers | _refusal(wait, "user"), wait)
        self._global.used += counted
        return Verdict(True, headers)

    def _bucket(self, route_key: str) -> tuple[str, Limit | None]:
        """The name under which routes share a bucket, and its limit."""
        if route_key == _MESSAGES:
            return route_key, self.messages
        method, _, path = route_key.partition(" ")
        if method in ("PUT", "DELETE") and path.startswith("/channels/") and "/reactions" in path:
            return "reactions", self.reactions
        return route_key, self.default

    def _window(self, key: tuple[str, str], limit: Limit, now: float) -> _Window:
        window = self._windows.get(key)
        if window is None or now >= window.ends:
            self._prune(now)
            window = self._windows[key] = _Window(0, now + limit[1])
        return window

    def _prune(self, now: float) -> None:
        """Drop windows that are over, each time their number has doubled."""
        if len(self._windows) >= self._prune_at:
            self._windows = {key: window for key, window in self._windows.items() if now < window.ends}
            self._prune_at = max(_PRUNE_FROM, 2 * len(self._windows))

    def _global_wait(self, now: float) -> float:
        """Seconds until the whole bot may send again; 0 when it may now."""
        if self.global_limit is None:
            return 0.0
        most, seconds = self.global_limit
        if now >= self._global.ends:
            self._global = _Window(0, now + seconds)
        return _up(self._global.ends - now) if self._global.used >= most else 0.0


def _up(seconds: float) -> float:
    """Seconds to the millisecond, rounded up so that a client never comes back too early."""
    return math.ceil(seconds * 1000) / 1000


def _headers(name: str, most: int, window: _Window, now: float) -> dict[str, str]:
    return {
        "X-RateLimit-Limit": str(most),
        "X-RateLimit-Remaining": str(max(0, most - window.used)),
        "X-RateLimit-Reset": f"{_up(window.ends):.3f}",
        "X-RateLimit-Reset-After": f"{_up(window.ends - now):.3f}",
        "X-RateLimit-Bucket": hashlib.blake2b(name.encode(), digest_size=16).hexdigest(),
    }


def _refusal(wait: float, scope: str) -> dict[str, str]:
    """The headers of an answer 429; without ``Via`` clients take it for a ban at the edge."""
    headers = {"Retry-After": str(math.ceil(wait)), "X-RateLimit-Scope": scope, "Via": "1.1 sandbox"}
    return headers | {"X-RateLimit-Global": "true"} if scope == "global" else headers
