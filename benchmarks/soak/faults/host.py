"""What happens to the bot's process: kills, restarts, a wrong clock, and the refusals that end it."""

import asyncio
from collections.abc import Awaitable, Callable

from benchmarks.soak.process import BotProcess
from benchmarks.soak.world import World

INTERVAL = 40.0
FINAL = (4010, 4011, 4012, 4013, 4014)
CLOCKS = (20 * 86400.0, 100 * 86400.0, -40 * 86400.0, 3600.0)
"""Seconds by which a host's clock is wrong."""

ENDS_WITHIN = 45.0
"""Seconds for the process to end after a refusal that is final."""


async def troubled_host(world: World, bot: BotProcess, until: float, every: float = INTERVAL) -> None:
    """End the process in one way after the other until that moment of the loop's clock, and start it anew."""
    ways: list[Callable[[World, BotProcess], Awaitable[None]]] = [
        _killed, _restarted, _wrong_clock, _final_close, _revoked, _no_starts_left, _commands_refused,
    ]  # fmt: skip
    while asyncio.get_running_loop().time() < until:
        world.chance.shuffle(ways)
        for way in ways:
            await asyncio.sleep(world.chance.expovariate(1 / every))
            if asyncio.get_running_loop().time() > until:
                return
            await way(world, bot)
            await bot.start()


async def _killed(world: World, bot: BotProcess) -> None:
    world.faults["kill -9"] += 1
    await bot.kill()


async def _restarted(world: World, bot: BotProcess) -> None:
    world.faults["restart"] += 1
    bot.clock_ahead = 0.0
    await bot.stop()


async def _wrong_clock(world: World, bot: BotProcess) -> None:
    """The machine starts with a clock that was never set; the next restart has the right one."""
    world.faults["wrong host clock"] += 1
    bot.clock_ahead = world.chance.choice(CLOCKS)
    await bot.stop()


async def _final_close(world: World, bot: BotProcess) -> None:
    """Discord closes for good; without message content the bot goes on, until somebody restarts it."""
    code = world.chance.choice(FINAL)
    world.faults[f"closed with {code}"] += 1
    faults = world.sandbox.faults
    faults.refuse_message_content = code == 4014
    await world.sandbox.gateway.close_all(code)
    await bot.ended(5.0 if code == 4014 else ENDS_WITHIN)
    faults.refuse_message_content = False
    await _ended(bot)


async def _revoked(world: World, bot: BotProcess) -> None:
    world.faults["token revoked"] += 1
    await world.sandbox.gateway.revoke_token()
    await bot.ended(ENDS_WITHIN)
    world.sandbox.gateway.restore_token()
    await _ended(bot)


async def _no_starts_left(world: World, bot: BotProcess) -> None:
    """No session may begin for some seconds; one that begins all the same has its token reset."""
    world.faults["no session starts left"] += 1
    limit = world.sandbox.gateway.start_limit
    limit.remaining, limit.reset_after = 0, 4000
    await bot.kill()
    asyncio.get_running_loop().call_later(4.0, limit.reset)


async def _commands_refused(world: World, bot: BotProcess) -> None:
    """Somebody cleared the commands, and Discord takes none for now."""
    world.faults["commands cleared and refused"] += 1
    world.sandbox.commands.clear()
    status, code = world.chance.choice(((429, 0), (400, 30034), (503, 0)))
    world.sandbox.faults.refuse_commands(status, code, retry_after=5.0 if status == 429 else None)
    await bot.stop()


async def _ended(bot: BotProcess) -> None:
    """End what goes on all the same; what ended by itself is only noted."""
    await bot.stop()
