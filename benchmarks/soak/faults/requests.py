"""Requests that fail, come late, lose their answer, or meet a proxy's page in place of Discord."""

import asyncio

from benchmarks.soak.world import World

INTERVAL = 2.0

WRITES = (r"/messages$", r"/reactions/", r"/messages/\d+$")
LOOKED_UP = (r"/channels/\d+$", r"/threads/archived/")
"""What decides whether a channel is there: Discord may fail here, but it doesn't lie."""

STATUSES = (403, 404, 429, 500, 502, 503)
PAGES = (200, 403, 429, 502, 503)


async def failing_requests(world: World, every: float = INTERVAL) -> None:
    """Let requests fail in all the ways that Discord's do, one at a time."""
    while True:
        await asyncio.sleep(world.chance.expovariate(1 / every))
        world.chance.choices((_status, _page, _look_up, _slow), weights=(6, 2, 2, 1))[0](world)


def _status(world: World) -> None:
    chance = world.chance
    status = chance.choice(STATUSES)
    after = status >= 500 and chance.random() < 0.5
    scope = "global" if chance.random() < 0.2 else "user"
    world.faults[f"HTTP {status}"] += 1
    wait = chance.uniform(0.2, 3.0)
    world.sandbox.faults.add(path=chance.choice(WRITES), status=status, retry_after=wait, scope=scope, after=after)


def _page(world: World) -> None:
    status = world.chance.choice(PAGES)
    world.faults[f"page of HTML, {status}"] += 1
    path = world.chance.choice((*WRITES, *LOOKED_UP))
    world.sandbox.faults.page(path, status, retry_after=world.chance.uniform(1, 3) if status == 429 else None)


def _look_up(world: World) -> None:
    world.faults["failing look-up"] += 1
    path, status = world.chance.choice(LOOKED_UP), world.chance.choice((429, 500, 503))
    world.sandbox.faults.add(path=path, status=status, retry_after=1.0)


def _slow(world: World) -> None:
    world.faults["slow answer"] += 1
    world.sandbox.faults.delay(world.chance.choice(WRITES), world.chance.uniform(1, 6))
