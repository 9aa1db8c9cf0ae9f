"""Takes shards by lease, keeps them, and hands some on when other processes come; a process that dies loses its own."""

import asyncio
import logging
import time
from collections.abc import Collection, Sequence

from discord.ext import commands

from bot.client import discord_api
from bot.client.session_starts import Gateway
from bot.client.shards import connections, lease_age
from bot.client.shards.balance import to_give, to_take
from bot.client.shards.lease_age import LeaseAge
from bot.client.shards.turns import Turns
from bot.counting.channels import shard_of
from bot.counting.tasks import Tasks
from bot.errors import reason
from bot.ledger.coordination.coordination import Coordination
from bot.ledger.coordination.shard_leases import LeaseView
from bot.ledger.write.writer import Writer

log = logging.getLogger(__name__)

GATHER_SECONDS = 5.0
"""How long a starting process waits for others that start with it, before it takes its share."""

BEAT_SECONDS, OVERLAP_BEAT_SECONDS = 3.0, 1.0
"""Between two looks at the leases; the shorter one while processes of a smaller shard count end."""

RENEWAL_SECONDS = 5.0
"""How long the database may take to answer: a process that waits for longer can't tell whether it hangs itself."""


class ShardKeeper:
    """The shards of one client. `wanted` are those that the host fixed; otherwise a share of all is taken.

    While processes of a smaller shard count still serve a server, those of the larger one count there and keep quiet,
    and so does one that hung until it knows what is its own: see `speaks_for`.
    """

    def __init__(
        self,
        client: commands.AutoShardedBot,
        coordination: Coordination,
        writer: Writer,
        tasks: Tasks,
        wanted: Sequence[int] | None,
    ) -> None:
        self._client, self._leases = client, coordination.leases
        self._writer, self._tasks, self._wanted = writer, tasks, wanted
        self._count = 0
        self._older: dict[int, frozenset[int]] = {}
        self._free_since: float | None = None
        self._age = LeaseAge()
        self._turns = Turns(coordination.engine)
        self.superseded = asyncio.Event()
        """Set when processes of a larger shard count serve everything: this one is to begin anew, among them."""

    # Before connecting

    async def begin(self, gateway: Gateway, count: int | None) -> None:
        """Return when the client has shards to serve, which may be when another process dies or hands some on."""
        self._turns.max_concurrency = gateway.max_concurrency
        self._count = count or max([gateway.shards, *await self._leases.counts()])
        view = await self._leases.renew(self._count)
        if self._wanted is None:
            await asyncio.sleep(GATHER_SECONDS)
        taken, waiting = await self._try_first(), False
        while not taken:
            if not waiting:
                log.info("all shards are served (%d processes): standing by", len(view.holdings))
            waiting = True
            await asyncio.sleep(BEAT_SECONDS)
            taken = await self._try_first()
        self._serve(taken)

    async def turn(self, shard_id: int, *, alone: bool = False) -> None:
        """Return when the shard's session may begin, where need be `alone`: with no other one within five seconds."""
        await self._turns.wait(shard_id, alone=alone)

    async def _try_first(self) -> frozenset[int]:
        """Take shards if the database lets us; who stands by outlives its troubles."""
        try:
            return await self._first()
        except Exception as error:  # noqa: BLE001 - tried again with the next beat
            log.warning("shard leases can't be had for now (%s)", reason(error))
            return frozenset()

    async def _first(self) -> frozenset[int]:
        view = await self._renew()
        if view.newer_complete:
            self._count = (await self._leases.counts())[-1]
            view = await self._renew()
        if self._wanted is None:
            return await self._leases.take(self._count, to_take(view, self._count, self._free_for(view)))
        missing = set(self._wanted) - view.mine
        taken = view.mine | await self._leases.take(self._count, len(missing), missing)
        return taken if taken >= set(self._wanted) else frozenset()

    # While connected

    def serves(self, shard_id: int) -> bool:
        """Tell whether a shard is this process's."""
        return shard_id in connections.served(self._client)

    def speaks_for(self, guild_id: int | None) -> bool:
        """Tell whether answers to a server are this process's: no older one that still serves it gives them.

        What comes from no server comes to shard 0, of the smaller count as of the larger one.
        """
        if not self._age.is_sure() or any(shard_of(guild_id or 0, fewer) in ids for fewer, ids in self._older.items()):
            return False
        here = guild_id is not None and self._client.get_guild(guild_id) is not None
        return not here or self.serves(shard_of(guild_id or 0, self._count))

    async def keep(self) -> None:
        """Work for ever: renew, take over, hand on. While the database is away everybody keeps what they have."""
        troubled = False
        while not self.superseded.is_set():
            await asyncio.sleep(OVERLAP_BEAT_SECONDS if self._older else BEAT_SECONDS)
            try:
                await self._beat()
                troubled = False
            except Exception as error:  # noqa: BLE001 - a database in trouble is no reason to leave Discord
                self._age.keep()
                if not troubled:
                    log.warning("shard leases can't be renewed for now (%s)", reason(error))
                troubled = True
        log.info("a larger number of shards is served by other processes: beginning anew among them")

    async def leave(self) -> None:
        """Let go of everything, so that others needn't wait until the leases run out."""
        try:
            await self._leases.leave()
        except Exception as error:  # noqa: BLE001 - they run out by themselves
            log.info("shard leases aren't given back (%s): they run out", reason(error))

    async def _beat(self) -> None:
        view = await self._renew()
        if view.newer_complete and self._wanted is None:
            self.superseded.set()
            return
        await self._leave_others(view)
        connections.complete(self._client)
        if self._wanted is not None:
            return
        given = sorted(view.mine)[len(view.mine) - to_give(view, self._count) :]
        if given:
            log.info("handing shards %s on", given)
            await self._disconnect(given)
            await self._leases.give(self._count, given)
        await self._adopt(to_take(view, self._count, self._free_for(view)))

    async def _renew(self) -> LeaseView:
        """Say that this process lives, and note how things stand."""
        asked, served = lease_age.seconds(), connections.served(self._client)
        connected = bool(served) and served <= connections.connected(self._client)
        async with asyncio.timeout(RENEWAL_SECONDS):
            view = await self._leases.renew(self._count, connected=connected)
        self._age.learn(asked)
        self._older = view.older
        return view

    async def _leave_others(self, view: LeaseView) -> None:
        """Leave what another process serves: shards taken from us, and those that came after they were handed on."""
        lost = connections.served(self._client) - view.mine
        if lost:
            log.warning("shards %s are served by another process now", sorted(lost))
        late = connections.connected(self._client) - view.mine
        if lost | late:
            await self._disconnect(lost | late)

    async def _adopt(self, number: int) -> None:
        taken = await self._leases.take(self._count, number) if number else frozenset[int]()
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

    def _free_for(self, view: LeaseView) -> float:
        """Return since when some shards are free, in seconds."""
        if not view.free:
            self._free_since = None
            return 0.0
        self._free_since = self._free_since or time.monotonic()
        return time.monotonic() - self._free_since
