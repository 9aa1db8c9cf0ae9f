"""Takes shards by lease, keeps them, and hands some on when other processes come; a process that dies loses its own."""

import asyncio
import logging
import time
from collections.abc import Collection, Sequence

from discord.ext import commands

from bot.client import discord_api
from bot.client.session_starts import Gateway
from bot.client.shards.balance import to_give, to_take
from bot.counting.channels import shard_of
from bot.counting.tasks import Tasks
from bot.errors import reason
from bot.ledger.coordination.coordination import Coordination
from bot.ledger.coordination.identify_turns import IDENTIFY_SECONDS, reserve_turn
from bot.ledger.coordination.shard_leases import LeaseView
from bot.ledger.write.writer import Writer

log = logging.getLogger(__name__)

GATHER_SECONDS = 5.0
"""How long a starting process waits for others that start with it, before it takes its share."""

BEAT_SECONDS = 3.0


class ShardKeeper:
    """The shards of one client. `wanted` are those that the host fixed; otherwise a share of all is taken.

    While processes of a smaller shard count still serve a server, those of the larger one count there and keep quiet:
    see `speaks_for`.
    """

    def __init__(
        self,
        client: commands.AutoShardedBot,
        coordination: Coordination,
        writer: Writer,
        tasks: Tasks,
        wanted: Sequence[int] | None,
    ) -> None:
        self._client, self._engine, self._leases = client, coordination.engine, coordination.leases
        self._writer, self._tasks, self._wanted = writer, tasks, wanted
        self._count, self._max_concurrency = 0, 1
        self._older: dict[int, frozenset[int]] = {}
        self._free_since: float | None = None
        self.superseded = asyncio.Event()
        """Set when processes of a larger shard count serve everything: this one is to begin anew, among them."""

    # Before connecting

    async def begin(self, gateway: Gateway, count: int | None) -> None:
        """Return when the client has shards to serve, which may be when another process dies or hands some on."""
        self._max_concurrency = gateway.max_concurrency
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

    async def turn(self, shard_id: int) -> None:
        """Return when the shard's session may begin, as all processes together may begin one every five seconds."""
        try:
            seconds = await reserve_turn(self._engine, shard_id, self._max_concurrency)
        except Exception as error:  # noqa: BLE001 - a database that moves must not end a client that reconnects
            log.warning("no turn to identify can be had (%s): waiting as alone", reason(error))
            seconds = IDENTIFY_SECONDS
        await asyncio.sleep(seconds)

    async def _try_first(self) -> frozenset[int]:
        """Take shards if the database lets us; who stands by outlives its troubles."""
        try:
            return await self._first()
        except Exception as error:  # noqa: BLE001 - tried again with the next beat
            log.warning("shard leases can't be had for now (%s)", reason(error))
            return frozenset()

    async def _first(self) -> frozenset[int]:
        view = await self._leases.renew(self._count)
        if view.newer_complete:
            self._count = (await self._leases.counts())[-1]
            view = await self._leases.renew(self._count)
        self._older = view.older
        if self._wanted is None:
            return await self._leases.take(self._count, to_take(view, self._count, self._free_for(view)))
        missing = set(self._wanted) - view.mine
        taken = view.mine | await self._leases.take(self._count, len(missing), missing)
        return taken if taken >= set(self._wanted) else frozenset()

    # While connected

    def speaks_for(self, guild_id: int | None) -> bool:
        """Tell whether answers to a server are this process's: no older one that still serves it gives them.

        What comes from no server comes to shard 0, of the smaller count as of the larger one.
        """
        return not any(shard_of(guild_id or 0, fewer) in ids for fewer, ids in self._older.items())

    async def keep(self) -> None:
        """Work for ever: renew, take over, hand on. While the database is away everybody keeps what they have."""
        troubled = False
        while not self.superseded.is_set():
            await asyncio.sleep(BEAT_SECONDS)
            try:
                await self._beat()
                troubled = False
            except Exception as error:  # noqa: BLE001 - a database in trouble is no reason to leave Discord
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
        view = await self._leases.renew(self._count)
        self._older = view.older
        if view.newer_complete and self._wanted is None:
            self.superseded.set()
            return
        lost = self._served - view.mine
        if lost:
            log.warning("shards %s are served by another process now", sorted(lost))
            await self._disconnect(lost)
        if self._wanted is not None:
            return
        given = sorted(view.mine)[len(view.mine) - to_give(view, self._count) :]
        if given:
            log.info("handing shards %s on", given)
            await self._disconnect(given)
            await self._leases.give(self._count, given)
        await self._adopt(to_take(view, self._count, self._free_for(view)))

    async def _adopt(self, number: int) -> None:
        taken = await self._leases.take(self._count, number) if number else frozenset[int]()
        if taken:
            log.info("taking over shards %s", sorted(taken))
            self._serve(self._served | taken)
            self._tasks.start(self._launch(sorted(taken)), f"start of shards {sorted(taken)}")

    async def _launch(self, shard_ids: Sequence[int]) -> None:
        for shard_id in shard_ids:
            await self._client.launch_shard(discord_api.gateway_address(), shard_id)

    async def _disconnect(self, shard_ids: Collection[int]) -> None:
        """Leave shards, and forget their servers: another process reads on from their watermarks."""
        self._serve(self._served - set(shard_ids))
        for shard_id in shard_ids:
            shard = self._client.get_shard(shard_id)
            if shard is not None:
                await shard.disconnect()
        for guild in [guild for guild in self._client.guilds if guild.shard_id in shard_ids]:
            self._writer.holds.forget_guild(guild.id)
            self._client._connection._remove_guild(guild)  # noqa: SLF001 - discord.py offers no other way

    @property
    def _served(self) -> frozenset[int]:
        return frozenset(self._client.shard_ids or ())

    def _serve(self, shard_ids: Collection[int]) -> None:
        self._client.shard_count = self._count
        self._client.shard_ids = sorted(shard_ids)
        self._client._connection.shard_ids = self._client.shard_ids  # noqa: SLF001 - set once by discord.py, at start

    def _free_for(self, view: LeaseView) -> float:
        """Return since when some shards are free, in seconds."""
        if not view.free:
            self._free_since = None
            return 0.0
        self._free_since = self._free_since or time.monotonic()
        return time.monotonic() - self._free_since
