"""The connections behind shards: which are open, which are to be closed, and when all have come."""

import asyncio
from collections.abc import Collection

from discord.ext import commands

from bot.ledger.write.watermark_holds import WatermarkHolds


def serve(client: commands.AutoShardedBot, shard_ids: Collection[int], count: int) -> None:
    """Let the client have these shards from now on, of so many."""
    client.shard_count = count
    client.shard_ids = sorted(shard_ids)
    client._connection.shard_ids = client.shard_ids  # noqa: SLF001 - set once by discord.py, at start


def served(client: commands.AutoShardedBot) -> frozenset[int]:
    """Return the shards that the client has, connected or not."""
    return frozenset(client.shard_ids or ())


def connected(client: commands.AutoShardedBot) -> frozenset[int]:
    """Return the shards whose connection is open."""
    return frozenset(shard_id for shard_id, shard in client.shards.items() if not shard.is_closed())


async def disconnect(client: commands.AutoShardedBot, shard_ids: Collection[int], holds: WatermarkHolds) -> None:
    """Leave shards, and forget their servers: another process reads on from their watermarks."""
    for shard_id in shard_ids:
        shard = client.get_shard(shard_id)
        if shard is not None:
            await shard.disconnect()
    for guild in [guild for guild in client.guilds if guild.shard_id in shard_ids]:
        holds.forget_guild(guild.id)
        client._connection._remove_guild(guild)  # noqa: SLF001 - discord.py offers no other way


def complete(client: commands.AutoShardedBot) -> None:
    """Let the client be ready once all its shards are.

    discord.py waits for as many as there were at first; some may have been handed on before they came.
    """
    state = client._connection  # noqa: SLF001 - discord.py offers no other way
    if not client.is_ready() and state._ready_task is None and served(client) <= state._ready_tasks.keys():  # noqa: SLF001
        state._ready_task = asyncio.create_task(state._delay_ready(), name="ready")  # noqa: SLF001
