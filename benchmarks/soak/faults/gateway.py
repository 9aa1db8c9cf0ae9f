"""Sockets and sessions that are lost, events twice, frames that nobody can read, a gateway that lets nobody in."""

import asyncio
import json
import time

from benchmarks.soak.world import World

INTERVAL, SESSION_LOST_INTERVAL = 12.0, 60.0

FRAMES = (
    "<html>502 Bad Gateway</html>",
    "{",
    json.dumps({"op": 0, "s": None, "t": "MESSAGE_CREATE", "d": {"id": str(2**70), "channel_id": "1"}}),
    json.dumps({"op": 0, "s": None, "t": "MESSAGE_CREATE", "d": {"id": "1"}}),
    json.dumps({"op": 0, "s": None, "t": "GUILD_CREATE", "d": {"id": "x"}}),
    json.dumps({"op": 0, "s": None, "t": "CHANNEL_DELETE", "d": None}),
)


async def disturbed_gateway(
    world: World, every: float = INTERVAL, session_lost_every: float = SESSION_LOST_INTERVAL
) -> None:
    """Disturb connections now and then; lose the session itself less often."""
    lost_at = time.monotonic()
    while True:
        await asyncio.sleep(world.chance.expovariate(1 / every))
        if time.monotonic() - lost_at > session_lost_every:
            lost_at = time.monotonic()
            await world.chance.choice((_invalid, _lost))(world)
        else:
            await world.chance.choice((_cut, _reconnect, _replay, _malformed, _shut))(world)


async def _invalid(world: World) -> None:
    world.faults["invalid session"] += 1
    await world.sandbox.gateway.invalidate()


async def _lost(world: World) -> None:
    world.faults["lost session"] += 1
    await world.sandbox.gateway.drop(resumable=False)


async def _cut(world: World) -> None:
    world.faults["cut socket"] += 1
    await world.sandbox.gateway.drop()


async def _reconnect(world: World) -> None:
    world.faults["asked to reconnect"] += 1
    await world.sandbox.gateway.reconnect()


async def _replay(world: World) -> None:
    world.faults["events twice"] += 1
    await world.sandbox.gateway.replay(200)


async def _malformed(world: World) -> None:
    world.faults["malformed frame"] += 1
    await world.sandbox.gateway.send_raw(world.chance.choice(FRAMES))


async def _shut(world: World) -> None:
    """Nobody gets in for some seconds."""
    world.faults["gateway shut"] += 1
    world.sandbox.gateway.accepting = False
    await world.sandbox.gateway.drop()
    await asyncio.sleep(world.chance.uniform(1, 4))
    world.sandbox.gateway.accepting = True
