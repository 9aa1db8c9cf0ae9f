"""Listens to the client's own HTTP requests: counts them, keeps away from Discord's ban, learns its limits."""

import time
from collections import Counter, deque
from collections.abc import Callable, Mapping
from types import SimpleNamespace

import aiohttp

from bot.client.http_limits.rate_limit_tracker import RateLimitTracker
from bot.client.http_limits.routes import route_of

INVALID = frozenset({401, 403, 429})
"""Statuses of which 10,000 in ten minutes bar an address from Discord
(https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans)."""

INVALID_SECONDS = 600.0
MAX_INVALID = 500
"""Invalid requests within `INVALID_SECONDS` from which annotations pause: a twentieth of what brings the ban."""

MAX_ROUTES = 500


class HttpLimits:
    """What has gone to Discord since the start. `rate_limits` is what the headers said."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.rate_limits = RateLimitTracker()
        self.requests: Counter[tuple[str, str, int]] = Counter()
        """Estimates by method, route and status; 0 for requests that had none."""
        self._clock = clock
        self._invalid: deque[float] = deque(maxlen=MAX_INVALID)

    def trace(self) -> aiohttp.TraceConfig:
        """Return what the discord.py client is to tell of its requests."""
        config = aiohttp.TraceConfig()
        config.on_request_end.append(self._ended)
        config.on_request_exception.append(self._failed)
        return config

    def note(self, method: str, path: str, status: int, headers: Mapping[str, str]) -> None:
        """Count an answer, and learn from its headers."""
        now, route = self._clock(), route_of(method, path)
        self._count(route.method, route.path, status)
        if status in INVALID and headers.get("X-RateLimit-Scope") != "shared":
            self._invalid.append(now)
        self.rate_limits.note(route, status, headers, now)

    @property
    def invalid(self) -> int:
        """Return how many invalid requests there were within ten minutes, `MAX_INVALID` at the most."""
        limit = self._clock() - INVALID_SECONDS
        while self._invalid and self._invalid[0] < limit:
            self._invalid.popleft()
        return len(self._invalid)

    @property
    def near_invalid_request_limit(self) -> bool:
        """Tell whether nothing may go out that nobody asked for."""
        return self.invalid >= MAX_INVALID

    @property
    def barred_for(self) -> float:
        """Return for how many seconds nothing of ours gets through to Discord; 0 when it does."""
        return max(0.0, self.rate_limits.barred_until - self._clock())

    @property
    def paused_for(self) -> float:
        """Return for how many seconds nothing may go out that nobody asked for; 0 when it may."""
        near = self._invalid[0] + INVALID_SECONDS - self._clock() if self.near_invalid_request_limit else 0.0
        return max(self.barred_for, near)

    def _count(self, method: str, path: str, status: int) -> None:
        key = (method, path, status)
        if key not in self.requests and len(self.requests) >= MAX_ROUTES:
            key = (method, "other", status)
        self.requests[key] += 1

    async def _ended(self, _: aiohttp.ClientSession, __: SimpleNamespace, end: aiohttp.TraceRequestEndParams) -> None:
        self.note(end.method, end.url.path, end.response.status, end.response.headers)

    async def _failed(
        self, _: aiohttp.ClientSession, __: SimpleNamespace, end: aiohttp.TraceRequestExceptionParams
    ) -> None:
        route = route_of(end.method, end.url.path)
        self._count(route.method, route.path, 0)
