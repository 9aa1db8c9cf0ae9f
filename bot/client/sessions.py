"""The sessions that this process begins on the gateway: how many, for which shards, and when."""

import asyncio
from functools import partial
from typing import Any

from discord.ext import commands

from bot.client import discord_api
from bot.client.refusals import WaitRequested
from bot.client.session_starts import SessionStarts
from bot.client.shards.lease_keeper import LeaseKeeper
from bot.client.shards.shard_keeper import ShardKeeper
from bot.client.shards.slice_keeper import SliceKeeper
from bot.counting.tasks import Tasks
from bot.ledger.ledger import Ledger
from bot.settings import Settings


class Sessions:
    """The sessions of one client, which holds its shards by lease where several processes can share the database."""

    def __init__(self, client: commands.AutoShardedBot, settings: Settings, ledger: Ledger, tasks: Tasks) -> None:
        self._client, self._settings, self._tasks = client, settings, tasks
        self._starts = SessionStarts(lambda: discord_api.ask_gateway(client))
        self.shards = _lease_keeper(client, settings, ledger, tasks)

    def speaks_for(self, guild_id: int | None) -> bool:
        """Tell whether this process is the one that answers in a server."""
        return self.shards is None or self.shards.speaks_for(guild_id)

    def serves(self, shard_id: int) -> bool:
        """Tell whether a shard is still this process's."""
        return self.shards is None or self.shards.serves(shard_id)

    @property
    def stands_by(self) -> bool:
        """Whether other processes serve everything, so that this one has nothing to do."""
        return self.shards is not None and self.shards.stands_by

    async def superseded(self) -> None:
        """Return when the client is to begin anew with other shards, which most never are."""
        await (self.shards.superseded if self.shards else asyncio.Event()).wait()

    async def prepare(self) -> None:
        """Learn how many sessions may begin, how many shards there are, and where the gateway is.

        Raises `WaitRequested` when Discord lets no more sessions begin for now.
        """
        client, gateway = self._client, await discord_api.ask_gateway(self._client)
        if self._settings.discord_api:
            discord_api.use_gateway(gateway.url)
        if self.shards is not None:
            await self.shards.begin(gateway, self._settings.shard_count)
            self._tasks.start(self.shards.keep(), "shard leases")
        elif client.shard_count is None:
            client.shard_count = gateway.shards
        self._starts.learn(gateway)
        wait = gateway.wait(len(client.shard_ids or range(client.shard_count or 1)))
        if wait:
            raise WaitRequested(wait, "run.no_starts_left", left=gateway.left, total=gateway.total)

    async def take_turn(self, shard_id: int | None) -> bool:
        """Wait until a session may begin at all; tell whether other processes were waited for too."""
        if self.shards is None or shard_id is None:
            await self._starts.take()
            return False
        await self.shards.turn(shard_id)
        await self._starts.take_among_others(partial(self.shards.turn, shard_id, alone=True))
        return True

    async def leave(self) -> None:
        """Give the shards back."""
        if self.shards is not None:
            await self.shards.leave()


def fixed_shards(settings: Settings) -> dict[str, Any]:
    """Return which shards of how many this process serves; nothing when Discord's advice is to be taken."""
    given = {"shard_count": settings.shard_count, "shard_ids": settings.shard_ids and list(settings.shard_ids)}
    return {name: value for name, value in given.items() if value is not None}


def _lease_keeper(
    client: commands.AutoShardedBot, settings: Settings, ledger: Ledger, tasks: Tasks
) -> LeaseKeeper | None:
    """Return what takes shards by lease; None where the database has one process only (SQLite)."""
    shared = ledger.coordination
    if shared is None:
        return None
    if settings.shards is None:
        return SliceKeeper(client, shared, settings.shard_ids or ())
    return ShardKeeper(client, shared, ledger.writer, tasks)
