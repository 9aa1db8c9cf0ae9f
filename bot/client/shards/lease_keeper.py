"""Keeps a process's leases renewed, and knows when it is the one that answers."""

import asyncio
import logging
import time
from collections.abc import Mapping

from discord.ext import commands

from bot.client.session_starts import Gateway
from bot.client.shards import connections, lease_age
from bot.client.shards.lease_age import LeaseAge
from bot.client.shards.turns import Turns
from bot.counting.channels import shard_of
from bot.counting.tasks import rest
from bot.errors import reason
from bot.ledger.coordination.coordination import Coordination
from bot.ledger.coordination.lease_view import LeaseView

log = logging.getLogger(__name__)

BEAT_SECONDS, FAST_BEAT_SECONDS = 3.0, 1.0
"""Between two looks at the leases; the shorter one when something is about to change hands."""

RENEWAL_SECONDS = 5.0
"""How long the database may take to answer: a process that waits for longer can't tell whether it hangs itself."""


class LeaseKeeper:
    """The leases of one client. Which shards it takes, and what it does with them, its subclasses say.

    While processes of a smaller shard count still serve a server, those of the larger one count there and keep quiet,
    and so does one that hung until it knows what is its own: see `speaks_for`.
    """

    joins_newer = True
    """Whether the process goes over to a larger shard count that others serve whole."""

    def __init__(self, client: commands.AutoShardedBot, coordination: Coordination) -> None:
        self._client, self._leases, self._stirred = client, coordination.leases, coordination.stirred
        self._count = 0
        self._older: Mapping[int, frozenset[int]] = {}
        self._free_since: float | None = None
        self._troubled_at = float("-inf")
        self._age, self._leaving, self._waiting = LeaseAge(), False, False
        self._turns = Turns(coordination.engine)
        self.superseded = asyncio.Event()
        """Set when processes of a larger shard count serve everything: this one is to begin anew, among them."""

    async def begin(self, gateway: Gateway, count: int | None) -> None:
        """Return when the client has shards to serve, which may be when another process dies or hands some on."""
        self._turns.max_concurrency = gateway.max_concurrency
        self._count = count or max([gateway.shards, *await self._leases.counts()])
        await self._renew()
        await self._gather()
        while not (taken := await self._try_first()):
            if not self._waiting:
                log.info("all shards are served by other processes: standing by")
            self._waiting = True
            await rest(self._stirred, BEAT_SECONDS)
        self._waiting = False
        connections.serve(self._client, taken, self._count)

    @property
    def stands_by(self) -> bool:
        """Whether there is nothing to serve for now, as other processes serve everything."""
        return self._waiting or self._client.shard_ids == []

    async def turn(self, shard_id: int, *, alone: bool = False) -> None:
        """Return when the shard's session may begin, where need be `alone`: with no other one within five seconds."""
        await self._turns.wait(shard_id, alone=alone)

    def serves(self, shard_id: int) -> bool:
        """Tell whether a shard is this process's."""
        return shard_id in connections.served(self._client)

    def speaks_for(self, guild_id: int | None) -> bool:
        """Tell whether answers to a server are this process's: no older one that still serves it gives them.

        What comes from no server comes to shard 0, of the smaller count as of the larger one.
        """
        older = any(shard_of(guild_id or 0, fewer) in ids for fewer, ids in self._older.items())
        return not self._leaving and self._age.is_sure() and not older and self._answers(guild_id)

    async def keep(self) -> None:
        """Work for ever: renew, take over, hand on. While the database is away everybody keeps what they have."""
        troubled = False
        while not self.superseded.is_set():
            await rest(self._stirred, FAST_BEAT_SECONDS if troubled or self._is_changing() else BEAT_SECONDS)
            try:
                await self._beat()
                troubled = False
            except Exception as error:  # noqa: BLE001 - a database in trouble is no reason to leave Discord
                self._age.keep()
                self._troubled_at = lease_age.seconds()
                if not troubled:
                    log.warning("shard leases can't be renewed for now (%s)", reason(error))
                troubled = True
        log.info("a larger number of shards is served by other processes: beginning anew among them")

    async def leave(self) -> None:
        """Keep quiet, and let go of everything, so that others needn't wait until the leases run out."""
        self._leaving = True
        try:
            async with asyncio.timeout(RENEWAL_SECONDS):
                await self._leases.leave()
        except Exception as error:  # noqa: BLE001 - they run out by themselves
            log.info("shard leases aren't given back (%s): they run out", reason(error))

    # What subclasses say

    async def _gather(self) -> None:
        """Wait for others that start at the same time."""

    async def _first(self, view: LeaseView) -> frozenset[int]:
        """Return the shards to begin with; none to stand by."""
        raise NotImplementedError

    async def _share(self, view: LeaseView) -> None:
        """Take what is free, leave what is others'."""
        raise NotImplementedError

    def _answers(self, guild_id: int | None) -> bool:
        """Tell whether, of the processes with this shard count, this one answers in a server."""
        raise NotImplementedError

    def _is_changing(self) -> bool:
        """Tell whether something is about to change hands."""
        return bool(self._older)

    # Steps

    async def _try_first(self) -> frozenset[int]:
        """Take shards if the database lets us; who stands by outlives its troubles."""
        try:
            view = await self._renew()
            if view.newer_complete and self.joins_newer:
                self._count = (await self._leases.counts())[-1]
                view = await self._renew()
            return await self._first(view)
        except Exception as error:  # noqa: BLE001 - tried again with the next beat
            log.warning("shard leases can't be had for now (%s)", reason(error))
            return frozenset()

    async def _beat(self) -> None:
        view = await self._renew()
        if view.newer_complete and self.joins_newer:
            self.superseded.set()
        else:
            await self._share(view)

    async def _renew(self) -> LeaseView:
        """Say that this process lives, and note how things stand."""
        asked, served = lease_age.seconds(), connections.served(self._client)
        connected = bool(served) and served <= connections.connected(self._client)
        async with asyncio.timeout(RENEWAL_SECONDS):
            view = await self._leases.renew(self._count, connected=connected)
        self._age.learn(asked)
        self._older = view.older
        return view

    def _free_for(self, view: LeaseView) -> float:
        """Return since when some shards are free, in seconds."""
        if not view.free:
            self._free_since = None
            return 0.0
        self._free_since = self._free_since or time.monotonic()
        return time.monotonic() - self._free_since
