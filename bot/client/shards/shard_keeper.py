"""Takes a share of all shards by lease, and hands some on when other processes come; who dies loses its own."""

import asyncio
import logging
from collections.abc import Collection, Sequence

from discord.ext import commands

from bot.client import discord_api
from bot.client.shards import connections
from bot.client.shards.balance import to_give, to_take
from bot.client.shards.lease_keeper import LeaseKeeper
from bot.counting.channels import shard_of
from bot.counting.tasks import Tasks
from bot.ledger.coordination.coordination import Coordination
from bot.ledger.coordination.lease_view import LeaseView
from bot.ledger.write.writer import Writer

log = logging.getLogger(__name__)

GATHER_SECONDS = 5.0
"""How long a starting process waits for others that start with it, before it takes its share."""


class ShardKeeper(LeaseKeeper):
    """A share of all shards: it serves what it holds, and nothing else."""

    def __init__(
        self, client: commands.AutoShardedBot, coordination: Coordination, writer: Writer, tasks: Tasks
    ) -> None:
        super().__init__(client, coordination)
        self._writer, self._tasks = writer, tasks

    async def _gather(self) -> None:
        await asyncio.sleep(GATHER_SECONDS)

    async def _first(self, view: LeaseView) -> frozenset[int]:
        return view.mine | await self._leases.take(self._count, to_take(view, self._count, self._free_for(view)))

    def _answers(self, guild_id: int | None) -> bool:
        here = guild_id is not None and self._client.get_guild(guild_id) is not None
        return not here or self.serves(shard_of(guild_id or 0, self._count))

    async def _share(self, view: LeaseView) -> None:
        await self._leave_others(view)
        connections.complete(self._client)
        given = sorted(view.mine)[len(view.mine) - to_give(view, self._count) :]
        if given:
            log.info("handing shards %s on", given)
            await self._disconnect(given)
            await self._leases.give(self._count, given)
        await self._adopt(to_take(view, self._count, self._free_for(view)), view.mine - set(given))

    async def _leave_others(self, view: LeaseView) -> None:
        """Leave what another process serves: shards taken from us, and those that came after they were handed on."""
        lost = connections.served(self._client) - view.mine
        if lost:
            log.warning("shards %s are served by another process now", sorted(lost))
        late = connections.connected(self._client) - view.mine
        if lost | late:
            await self._disconnect(lost | late)

    async def _adopt(self, number: int, mine: frozenset[int]) -> None:
        """Take so many more, and serve them: with those that were had when the answer got lost on its way."""
        held = mine | (await self._leases.take(self._count, number) if number else frozenset())
        taken = held - connections.served(self._client)
        if taken:
            log.info("taking over shards %s", sorted(taken))
            self._serve(connections.served(self._client) | taken)
            self._tasks.start(self._launch(sorted(taken)), f"start of shards {sorted(taken)}")

    async def _launch(self, shard_ids: Sequence[int]) -> None:
        for shard_id in shard_ids:
            await self._client.launch_shard(discord_api.gateway_address(), shard_id)

    async def _disconnect(self, shard_ids: Collection[int]) -> None:
        self._serve(connections.served(self._client) - set(shard_ids))
        await connections.disconnect(self._client, shard_ids, self._writer.holds)

    def _serve(self, shard_ids: Collection[int]) -> None:
        connections.serve(self._client, shard_ids, self._count)
