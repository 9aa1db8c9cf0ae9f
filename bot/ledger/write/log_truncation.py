"""Empties SQLite's write-ahead log, where what was deleted still stands; later, while somebody reads it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from bot.errors import reason

log = logging.getLogger(__name__)

FIRST_PAUSE, MAX_PAUSE = 0.5, 60.0
"""Seconds between tries; each pause doubles the one before."""


class LogTruncation:
    """Tries at once, then again in the background until it worked. `truncate` tells whether it did."""

    def __init__(self, truncate: Callable[[], Awaitable[bool]]) -> None:
        self._truncate = truncate
        self._retry: asyncio.Task[None] | None = None

    async def run(self) -> bool:
        """Empty the log; False when that is left for later."""
        if await self._try():
            return True
        if self._retry is None or self._retry.done():
            self._retry = asyncio.create_task(self._keep_trying(), name="ledger log truncation")
        return False

    async def close(self) -> None:
        """Stop trying, after a last time where it is still due."""
        if self._retry is None or self._retry.done():
            return
        self._retry.cancel()
        with suppress(asyncio.CancelledError):
            await self._retry
        if not await self._try():
            log.warning("the write-ahead log couldn't be emptied; the next start does it")

    async def _keep_trying(self) -> None:
        pause = FIRST_PAUSE
        while True:
            await asyncio.sleep(pause)
            if await self._try():
                return
            pause = min(MAX_PAUSE, pause * 2)

    async def _try(self) -> bool:
        try:
            return await self._truncate()
        except Exception as error:  # noqa: BLE001 nothing of a truncation may end the writer
            log.warning("the write-ahead log can't be emptied now: %s", reason(error))
            return False
