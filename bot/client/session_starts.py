"""How many sessions may still begin today: beyond, Discord resets the token."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.errors import UserError, reason

log = logging.getLogger(__name__)

MAX_SHARDS = 100_000

MAX_WAIT = 86_400.0
"""Seconds: the number is for a day."""

AT_ONCE = 2
"""Times `max_concurrency`: so many sessions other processes may be about to begin that Discord hasn't counted yet."""


@dataclass(frozen=True, slots=True)
class Gateway:
    """What Discord says of its gateway: its address, the shards it advises, and the sessions left.

    `resets_in` is in seconds, `max_concurrency` how many sessions may begin within five of them.
    """

    shards: int
    url: str
    total: int
    left: int
    resets_in: float
    max_concurrency: int = 1

    @classmethod
    def from_discord(cls, shards: Any, url: Any, limit: Any) -> "Gateway":
        """Return what `/gateway/bot` answered; `UserError` when that isn't what Discord documents."""
        try:
            total, left, after = (float(limit[name]) for name in ("total", "remaining", "reset_after"))
            concurrency = max(1, int(limit.get("max_concurrency", 1)))
            if not str(url).startswith(("ws:", "wss:")) or not 0 < int(shards) <= MAX_SHARDS:
                raise ValueError("shards, url")
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise UserError("error.not_discord", status=200) from error
        return cls(int(shards), str(url), int(total), int(left), min(MAX_WAIT, max(1.0, after / 1000)), concurrency)

    def wait(self, needed: int) -> float:
        """Return the seconds until so many sessions may begin; 0 when they may now."""
        return self.resets_in if self.left < min(needed, max(1, self.total)) else 0.0


class SessionStarts:
    """Counts the sessions that begin, and waits rather than begin one too many. `ask` asks Discord anew."""

    def __init__(self, ask: Callable[[], Awaitable[Gateway]]) -> None:
        self._ask = ask
        self._left = 0

    def learn(self, gateway: Gateway) -> None:
        """Note what Discord said."""
        self._left = gateway.left

    async def take(self) -> None:
        """Return when a session may begin, and count it."""
        while self._left <= 0:
            gateway = await self._ask()
            self.learn(gateway)
            if self._left <= 0:
                log.warning("no sessions are left for today: the next one begins in %d s", gateway.resets_in)
                await asyncio.sleep(gateway.resets_in)
        self._left -= 1

    async def take_among_others(self, turn_alone: Callable[[], Awaitable[object]]) -> None:
        """Return when a session may begin, as `take` does, though other processes begin some too.

        Discord tells what is left. Where that is little, sessions begin one by one, in a `turn_alone`: each process
        then sees those before it.
        """
        gateway = await self._look()
        if gateway is None:
            await self.take()
        elif gateway.left > AT_ONCE * gateway.max_concurrency:
            self._left -= 1
        else:
            await turn_alone()
            self._left = 0  # asked for anew, as others may have begun some meanwhile
            await self.take()

    async def _look(self) -> Gateway | None:
        """Learn how many sessions are left; None where Discord doesn't tell now: its gateway may be there still."""
        try:
            gateway = await self._ask()
        except Exception as error:  # noqa: BLE001
            log.info("Discord doesn't tell how many sessions are left (%s)", reason(error))
            return None
        self.learn(gateway)
        return gateway
