"""Waits for turns to identify, as all processes together may begin one session every five seconds."""

import asyncio
import logging

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.client.shards import lease_age
from bot.errors import reason
from bot.ledger.coordination.identify_turns import IDENTIFY_SECONDS, reserve_turn, reserve_turn_alone

log = logging.getLogger(__name__)

LATE_SECONDS = 60.0
"""For how long a turn that was missed is still taken, rather than another one behind all others."""


class Turns:
    """One process's turns. `max_concurrency` is how many sessions Discord lets begin at once."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.max_concurrency = 1
        self._engine = engine
        self._due: dict[tuple[int, bool], float] = {}

    async def wait(self, shard_id: int, *, alone: bool = False) -> None:
        """Return when the shard's session may begin, beside one of each other bucket or `alone`.

        discord.py gives up after a minute and tries again, which may come to wait for the same turn.
        """
        key = shard_id, alone
        due = self._due.get(key, float("-inf"))
        if due < lease_age.seconds() - LATE_SECONDS:
            due = self._due[key] = lease_age.seconds() + await self._reserve(shard_id, alone)
        await asyncio.sleep(max(0.0, due - lease_age.seconds()))
        self._due.pop(key, None)

    async def _reserve(self, shard_id: int, alone: bool) -> float:
        """Return the seconds until the shard's turn."""
        try:
            if alone:
                return await reserve_turn_alone(self._engine)
            return await reserve_turn(self._engine, shard_id, self.max_concurrency)
        except Exception as error:  # noqa: BLE001 - a database that moves must not end a client that reconnects
            log.warning("no turn to identify can be had (%s): waiting as alone", reason(error))
            return IDENTIFY_SECONDS
