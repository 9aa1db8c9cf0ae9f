"""Waits for turns to identify, as all processes together may begin one session every five seconds."""

import asyncio
import logging

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.client.shards import lease_age
from bot.errors import reason
from bot.ledger.coordination.identify_turns import IDENTIFY_SECONDS, reserve_turn

log = logging.getLogger(__name__)

LATE_SECONDS = 60.0
"""For how long a turn that was missed is still taken, rather than another one behind all others."""


class Turns:
    """One process's turns. `max_concurrency` is how many sessions Discord lets begin at once."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.max_concurrency = 1
        self._engine = engine
        self._due: dict[int, float] = {}

    async def wait(self, shard_id: int) -> None:
        """Return when the shard's session may begin.

        discord.py gives up after a minute and tries again, which may come to wait for the same turn.
        """
        due = self._due.get(shard_id, float("-inf"))
        if due < lease_age.seconds() - LATE_SECONDS:
            due = self._due[shard_id] = lease_age.seconds() + await self._reserve(shard_id)
        await asyncio.sleep(max(0.0, due - lease_age.seconds()))
        self._due.pop(shard_id, None)

    async def _reserve(self, shard_id: int) -> float:
        """Return the seconds until the shard's turn."""
        try:
            return await reserve_turn(self._engine, shard_id, self.max_concurrency)
        except Exception as error:  # noqa: BLE001 - a database that moves must not end a client that reconnects
            log.warning("no turn to identify can be had (%s): waiting as alone", reason(error))
            return IDENTIFY_SECONDS
