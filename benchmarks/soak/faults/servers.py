"""Servers that are late, in an outage, missing from the list, or that remove the bot and invite it again."""

import asyncio
import time

from benchmarks.soak import ledger
from benchmarks.soak.world import World
from benchmarks.soak.writing import write
from sandbox.state.models import Guild

INTERVAL = 25.0
AWAY = (3.0, 12.0)
"""Seconds for which a server is gone."""

SETTLES = 90.0
"""Seconds for all that was written in a server to be recorded, before it removes the bot."""


async def coming_and_going(world: World, database: str, every: float = INTERVAL) -> None:
    """Let one server after the other come and go."""
    ways = [_late, _outage, _missing, _removed]
    while True:
        world.chance.shuffle(ways)
        for way in ways:
            await asyncio.sleep(world.chance.expovariate(1 / every))
            await way(world, database)


async def _late(world: World, _: str) -> None:
    """The session begins anew, and a server comes seconds after READY."""
    guild, seconds = world.chance.choice([*world.big, *world.small]), world.chance.uniform(*AWAY)
    world.faults["late server"] += 1
    world.sandbox.world.arrive_late(guild, seconds)
    await world.sandbox.gateway.drop(resumable=False)
    await asyncio.sleep(seconds)
    world.sandbox.world.availability.late.pop(guild.id, None)


async def _outage(world: World, _: str) -> None:
    guild, state = world.chance.choice([*world.big, *world.small]), world.sandbox.world
    world.faults["server in an outage"] += 1
    state.begin_outage(guild)
    await asyncio.sleep(world.chance.uniform(*AWAY))
    state.end_outage(guild)


async def _missing(world: World, _: str) -> None:
    """Discord's list of servers lacks one for a while, though the bot is a member all along."""
    guild, state = world.chance.choice(world.small), world.sandbox.world
    world.faults["server missing from READY"] += 1
    state.leave_out(guild)
    await world.sandbox.gateway.invalidate()
    await asyncio.sleep(world.chance.uniform(*AWAY))
    state.availability.unlisted.discard(guild.id)
    state.begin_outage(guild)
    state.end_outage(guild)


async def _removed(world: World, database: str) -> None:
    """A server removes the bot and invites it again: what is written in between counts for nothing.

    What it wrote before is recorded by then: history that the bot hadn't read when it was removed is lost to it.
    """
    guild, state = world.chance.choice(world.small), world.sandbox.world
    world.quiet.add(guild.id)
    try:
        if await _settled(world, guild, database):
            world.faults["bot removed and invited again"] += 1
            state.remove_bot(guild)
            channels = [one for one in world.channels if one.guild_id == guild.id]
            for _ in range(5):
                await write(world, world.chance.choice(channels))
            await asyncio.sleep(world.chance.uniform(*AWAY))
            state.add_bot(guild)
            await asyncio.sleep(0.05)  # membership is known to the millisecond
    finally:
        if not state.has_bot(guild):
            state.add_bot(guild)
        world.quiet.discard(guild.id)


async def _settled(world: World, guild: Guild, database: str) -> bool:
    end = time.monotonic() + SETTLES
    await asyncio.sleep(0.5)
    while not await ledger.holds_all(database, world.written_in(guild)):
        if time.monotonic() > end:
            return False
        await asyncio.sleep(1)
    return True
