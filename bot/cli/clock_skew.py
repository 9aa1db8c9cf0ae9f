"""Compares our clock with Discord's, as the `Date` header of its answers tells it."""

import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from types import SimpleNamespace

import aiohttp

HALF = 0.5
"""The header has whole seconds: on average half a second has gone by since."""


class ClockSkew:
    """Notes by how many seconds our clock is `ahead` of the server's; None before it told. `clock` is ours."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.ahead: float | None = None
        self._clock = clock

    def trace(self) -> aiohttp.TraceConfig:
        """Return what an HTTP client is to tell of its requests."""
        config = aiohttp.TraceConfig()
        config.on_request_end.append(self._ended)
        return config

    def note(self, date: str | None) -> None:
        """Learn from a header; one that can't be read is left alone."""
        try:
            its = parsedate_to_datetime(date or "").timestamp()
        except ValueError:
            return
        self.ahead = self._clock() - its - HALF

    async def _ended(self, _: aiohttp.ClientSession, __: SimpleNamespace, end: aiohttp.TraceRequestEndParams) -> None:
        self.note(end.response.headers.get("Date"))
