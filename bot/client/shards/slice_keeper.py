"""All shards in one process, or a slice that the host fixed: where several have the same, one of them answers.

Each of them connects and counts, which is harmless; who has the lease of a shard answers there. So nobody need notice
that one is started too many, or that one is replaced by the next.
"""

import dataclasses
import logging
from collections.abc import Sequence

from discord.ext import commands

from bot.client.shards import connections, lease_age
from bot.client.shards.lease_keeper import BEAT_SECONDS, RENEWAL_SECONDS, LeaseKeeper
from bot.counting.channels import shard_of
from bot.ledger.coordination.coordination import Coordination
from bot.ledger.coordination.lease_view import FIXED, LeaseView

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 2 * BEAT_SECONDS + RENEWAL_SECONDS
"""How long a lease that ran out while the database was away is left to its holder, who is still answering."""


class SliceKeeper(LeaseKeeper):
    """Serves the same shards all along. `shard_ids` are those that the host fixed; none for all that there are."""

    def __init__(
        self, client: commands.AutoShardedBot, coordination: Coordination, shard_ids: Sequence[int] = ()
    ) -> None:
        super().__init__(client, coordination)
        self._leases = dataclasses.replace(self._leases, holder=self._leases.holder + FIXED)
        self._slice = self._fixed = frozenset(shard_ids)
        self._held = frozenset[int]()
        self.joins_newer = not shard_ids

    async def _first(self, view: LeaseView) -> frozenset[int]:
        self._slice = self._fixed or frozenset(range(self._count))
        self._held = await self._take(view, self._slice)
        if missing := self._slice - self._held:
            holders = ", ".join(await self._leases.holders(self._count, missing))
            log.warning("another process serves shards %s too (%s): it answers, this one counts until it can",
                        sorted(missing), holders)  # fmt: skip
        return self._slice

    async def _share(self, view: LeaseView) -> None:
        if lost := self._held - view.mine:
            log.warning("another process answers for shards %s now: this one counts on", sorted(lost))
        self._held &= view.mine
        calm = lease_age.seconds() - self._troubled_at > PATIENCE_SECONDS
        held = await self._take(view, connections.connected(self._client) & self._slice if calm else frozenset())
        if new := held - self._held:
            log.info("answering for shards %s from now on", sorted(new))
        self._held = held

    def _answers(self, guild_id: int | None) -> bool:
        """Whoever has the same slice hears the same, also what comes from elsewhere."""
        shard_id = shard_of(guild_id or 0, self._count)
        return (shard_id if shard_id in self._slice else min(self._slice)) in self._held

    def _is_changing(self) -> bool:
        return super()._is_changing() or self._held != self._slice

    async def _take(self, view: LeaseView, wanted: frozenset[int]) -> frozenset[int]:
        """Take what is free of these, and return all that this process holds of its slice."""
        missing = wanted - view.mine
        if missing and view.free:
            return (view.mine | await self._leases.take(self._count, len(missing), missing)) & self._slice
        return view.mine & self._slice
