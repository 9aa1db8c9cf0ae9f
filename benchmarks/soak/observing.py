"""What is seen of the bot while it runs: memory, the event loop's lag, channels still to be read; and how far it is."""

import asyncio
import statistics
import time
from contextlib import suppress
from dataclasses import dataclass, field

import aiohttp
from tqdm import tqdm

from benchmarks.soak.process import BotProcess
from benchmarks.soak.world import World

INTERVAL = 5.0


@dataclass
class Observed:
    """Memory in MB by seconds since the start, the largest lag in seconds, and the most channels held at once."""

    memory: list[tuple[float, float]] = field(default_factory=list)
    lag: float = 0.0
    held: float = 0.0

    def early_and_late(self, since: float) -> tuple[float, float]:
        """Return the median memory in the minute after `since`, and that of the last samples, in MB."""
        early = [mb for at, mb in self.memory if since <= at <= since + 60 and mb]
        late = [mb for _, mb in self.memory[-6:] if mb]
        return statistics.median(early or [0.0]), statistics.median(late or [0.0])


async def observe(observed: Observed, bot: BotProcess, port: int) -> None:
    """Look every few seconds."""
    began = time.monotonic()
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=4)) as session:
        while True:
            await asyncio.sleep(INTERVAL)
            observed.memory.append((time.monotonic() - began, bot.resident_mb()))
            with suppress(aiohttp.ClientError, TimeoutError):
                async with session.get(f"http://127.0.0.1:{port}/metrics") as answer:
                    text = await answer.text()
                observed.lag = max(observed.lag, *_values(text, "empreinte_loop_lag_max_seconds"), 0.0)
                observed.held = max(observed.held, *_values(text, "empreinte_catchup_held_channels"), 0.0)


def _values(text: str, name: str) -> list[float]:
    return [float(line.rsplit(" ", 1)[1]) for line in text.splitlines() if line.startswith(f"{name} ")]


async def show(world: World, seconds: float) -> None:
    """Show on a terminal how far the soak is."""
    with tqdm(total=round(seconds), unit="s", disable=None, desc="soak") as bar:
        for _ in range(round(seconds)):
            await asyncio.sleep(1)
            bar.set_postfix(messages=len(world.counted), faults=world.faults.total(), refresh=False)
            bar.update()
