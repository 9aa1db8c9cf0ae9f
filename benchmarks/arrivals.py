"""What a bot in 1,000 to 10 million servers receives and needs: arrivals simulated, from costs measured now.

Measured in this run: CPU per message of the bot, counted or not, and what PostgreSQL takes from two writers, with the
size of its rows. The rest is `arrival_model`: what it rests on is named there, sources and assumptions.

    python -m benchmarks.arrivals [--messages 1000] [--seconds 4]
"""

import argparse
import asyncio
import random
import sys
import time
from collections.abc import Sequence

from tqdm import tqdm

from benchmarks import arrival_model as model
from benchmarks import writers
from benchmarks.arrival_model import Costs, Load
from benchmarks.clients import ROOT, RUN, Client, per_message, running
from sandbox import Sandbox
from scripts.postgresql_pair import binaries, single

SERVERS = (1_000, 100_000, 10_000_000)
SEED = 13


async def cpu(counted: bool, messages: int) -> float:
    """Return the CPU microseconds of a message that comes in a burst, as a busy process gets them."""
    sandbox = await Sandbox.start()
    try:
        async with running(Client("Empreinte", RUN, ROOT, counts=counted), sandbox) as process:
            await per_message(process, sandbox, messages // 4, bursts=True)
            return await per_message(process, sandbox, messages, bursts=True)
    finally:
        await sandbox.stop()


async def measured(messages: int, seconds: float) -> Costs:
    """Measure what the simulation needs, with progress."""
    with tqdm(total=3, desc="measuring", unit="costs") as shown, single(writers.DURABLE) as server:
        uncounted = await cpu(False, messages)
        shown.update()
        counted = await cpu(True, messages)
        shown.update()
        taken = await writers.measure(server.url, 2, seconds)
        entry_bytes = await writers.bytes_per_row(server.url, "entries")
        daily_bytes = await writers.bytes_per_row(server.url, "daily")
        shown.update()
    return Costs(uncounted, counted, taken.entries, entry_bytes, daily_bytes)


def show(costs: Costs, loads: Sequence[Load]) -> None:
    """Print what was measured, and a column for each load."""
    print(f"measured: {costs.uncounted:.1f} µs per message not counted, {costs.counted:.1f} µs counted; ", end="")
    print(f"PostgreSQL takes {costs.entries_per_second:,.0f} entries/s from two writers; ", end="")
    print(f"{costs.entry_bytes:.0f} bytes per entry, {costs.daily_bytes:.0f} per daily row")
    print(f"assumed: {model.COUNTED_SHARE:.0%} of messages counted; all else in benchmarks/arrival_model.py")
    for name, cells in rows(loads):
        print(f"| {name:44} | " + " | ".join(f"{cell:>12}" for cell in cells) + " |")


def rows(loads: Sequence[Load]) -> list[tuple[str, list[str]]]:
    """Return the table's rows: a name, and a cell for each load."""
    return [
        ("servers", [f"{one.servers:,}" for one in loads]),
        ("messages a second, mean", [f"{one.mean:,.1f}" for one in loads]),
        ("… in the busiest hour", [f"{one.busiest_hour:,.1f}" for one in loads]),
        ("… in its busiest second", [f"{one.busiest_second:,.0f}" for one in loads]),
        ("messages a day in the largest server", [f"{one.largest_server:,.0f}" for one in loads]),
        ("counted messages a day", [f"{one.counted_per_day:,.0f}" for one in loads]),
        ("rows of daily totals a day", [f"{one.rows_per_day:,.0f}" for one in loads]),
        ("disk a day, MB", [f"{one.disk_per_day / 1e6:,.1f}" for one in loads]),
        ("disk after a year, entries kept 90 days, GB", [f"{one.disk_kept / 1e9:,.1f}" for one in loads]),
        ("cores for messages in the busiest hour", [f"{one.cores:.4f}" for one in loads]),
        ("processes (CPU, memory)", [f"{one.processes:,}" for one in loads]),
        ("shards, at least", [f"{one.shards:,}" for one in loads]),
        ("minutes until all sessions have begun", [f"{one.start_seconds / 60:,.1f}" for one in loads]),
        ("share of PostgreSQL's entries/s", [f"{one.database_share:.2%}" for one in loads]),
    ]


def main(arguments: Sequence[str] = ()) -> None:
    """Measure, simulate and print: an average server, and one that writes ten times as much."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.arrivals")
    parser.add_argument("--messages", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=4.0)
    wanted, began = parser.parse_args(arguments), time.monotonic()
    if binaries() is None:
        print("PostgreSQL isn't installed: not measured")
        return
    costs = asyncio.run(measured(wanted.messages, wanted.seconds))
    chance, means = random.Random(SEED), (model.MESSAGES_PER_SERVER, model.MESSAGES_PER_SERVER * model.BUSY)
    show(costs, [model.load(servers, mean, costs, chance) for servers in SERVERS for mean in means])
    print(f"(of each size: {means[0]:.0f} messages a day in a server on average, and {means[1]:.0f}; ", end="")
    print(f"{time.monotonic() - began:.0f} s)")


if __name__ == "__main__":
    main(sys.argv[1:])
