"""One soak from the first server to the verdict."""

import asyncio
import time
from collections.abc import Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.soak import ledger, observing, verdict, writing
from benchmarks.soak.faults.gateway import disturbed_gateway
from benchmarks.soak.faults.host import troubled_host
from benchmarks.soak.faults.requests import failing_requests
from benchmarks.soak.faults.servers import coming_and_going
from benchmarks.soak.process import BotProcess, environment
from benchmarks.soak.verdict import Verdict
from benchmarks.soak.world import World

HOST_IN_TROUBLE = 0.6
"""The part of the time in which the process is ended again and again: the last one's memory is looked at."""


@dataclass
class Plan:
    """How long, how fast, and how often things go wrong (seconds between two)."""

    seconds: float
    rate: float = 40.0
    port: int = 9187
    requests: float = 2.0
    gateway: float = 12.0
    session: float = 60.0
    servers: float = 25.0
    host: float = 40.0
    flood: int = 300
    flood_every: float = 30.0
    patience: float = 300.0
    """Seconds for catch-up to bring everything once all is well again."""

    restart: bool = False
    """Whether the process starts anew then: catch-up goes through at once rather than once a minute."""


@dataclass
class Soak:
    """A soak as it runs; `began` and `last_start` are for whoever stops it, or reports."""

    world: World
    plan: Plan
    folder: Path
    began: float = field(default_factory=time.monotonic)
    last_start: float = 0.0
    observed: observing.Observed = field(default_factory=observing.Observed)

    async def run(self) -> Verdict:
        """Run it; the process ends with it, however it ends."""
        sandbox, database = self.world.sandbox, ledger.url(self.folder)
        await sandbox._listen("127.0.0.1", 0)  # noqa: SLF001 - started after its world was built
        await ledger.prepare(self.world, database)
        settings = environment(sandbox.token, sandbox.api_root, database, self.plan.port)
        bot = BotProcess(settings, self.folder / "log")
        await bot.start()
        try:
            await sandbox.wait_for_bot(timeout=120)
            self.began = time.monotonic()
            await self._busy(bot, database)
            await self._calm_down(bot, database)
        finally:
            if bot.running:
                await bot.stop()
            await sandbox.stop()
        return verdict.judge(self.world, await ledger.read(database), bot.endings)

    async def _busy(self, bot: BotProcess, database: str) -> None:
        world, plan = self.world, self.plan
        until = asyncio.get_running_loop().time() + plan.seconds * HOST_IN_TROUBLE
        tasks = [
            asyncio.create_task(one)
            for one in (
                writing.trickle(world, plan.rate),
                writing.floods(world, plan.flood, plan.flood_every),
                writing.kinds(world),
                writing.questions(world),
                failing_requests(world, plan.requests),
                disturbed_gateway(world, plan.gateway, plan.session),
                coming_and_going(world, database, plan.servers),
                observing.observe(self.observed, bot, plan.port),
                observing.show(world, plan.seconds),
                self._host(troubled_host(world, bot, until, plan.host)),
            )
        ]
        done, _ = await asyncio.wait(tasks, timeout=plan.seconds, return_when=asyncio.FIRST_EXCEPTION)
        for one in tasks:
            one.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for one in done:
            one.result()

    async def _host(self, trouble: Coroutine[Any, Any, None]) -> None:
        try:
            await trouble
        finally:
            self.last_start = time.monotonic() - self.began

    async def _calm_down(self, bot: BotProcess, database: str) -> None:
        """Let Discord and the host behave, and give catch-up the time it takes."""
        world, sandbox = self.world, self.world.sandbox
        sandbox.faults.clear()
        sandbox.gateway.accepting = True
        sandbox.gateway.start_limit.reset()
        sandbox.gateway.restore_token()
        missing = sandbox.world.availability.unlisted | sandbox.world.availability.late.keys()
        sandbox.world.availability.clear()
        world.quiet.clear()
        if self.plan.restart or bot.clock_ahead or not bot.running:
            bot.clock_ahead = 0.0
            await bot.stop()
            await bot.start()
        elif missing:
            await sandbox.gateway.invalidate()
        await sandbox.wait_for_bot(timeout=120)
        for channel in (world.channels[0], world.channels[-1]):
            await writing.write(world, channel)
        end = time.monotonic() + self.plan.patience
        while verdict.unnoted(world, await ledger.read(database)):
            if time.monotonic() > end:
                return
            await asyncio.sleep(2)
