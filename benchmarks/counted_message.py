"""CPU per message, counted or not: the bot against a bare discord.py client that tokenises each and does nothing else.

Messages come in bursts of fifty, and one at a time; CPU time is the system's. With `--against` the bot of another
checkout takes its turn too: each round measures all of them, one after the other.

    python -m benchmarks.counted_message [--against PATH] [--rounds 3] [--messages 6000]
"""

import argparse
import asyncio
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.clients import FLOOR, ROOT, RUN, Client, per_message, running
from sandbox import Sandbox

WAYS = ("in bursts", "one at a time")
Times = dict[tuple[str, str], list[float]]
"""Microseconds per message in each round, by client and way."""


def clients(against: Path | None) -> list[Client]:
    """Return what takes turns; the floor comes first."""
    checkouts = {"": ROOT} | ({", other checkout": against.absolute()} if against is not None else {})
    found = [FLOOR]
    for name, folder in checkouts.items():
        found += [Client(f"not counted{name}", RUN, folder, counts=False), Client(f"counted{name}", RUN, folder)]
    return found


async def measured(client: Client, messages: int) -> dict[str, float]:
    """Return the CPU time per message of a client, in microseconds, by the way in which messages come."""
    sandbox = await Sandbox.start()
    try:
        async with running(client, sandbox) as process:
            return {
                way: await per_message(process, sandbox, messages // (at + 1), bursts=way == "in bursts")
                for at, way in enumerate(WAYS)
            }
    finally:
        await sandbox.stop()


async def measure(taking_turns: list[Client], rounds: int, messages: int) -> None:
    """Measure all in turn, then print the medians beside the floor."""
    times: Times = {}
    for number in range(rounds):
        for client in taking_turns:
            found = await measured(client, messages)
            for way, taken in found.items():
                times.setdefault((client.name, way), []).append(taken)
            print(f"round {number + 1}: {client.name:30}", *(f"{way} {taken:6.1f} µs" for way, taken in found.items()))
    print(f"medians over {rounds} rounds of {messages} messages; ratios to the bare client of the same round")
    print(f"| {'':30} | " + " | ".join(f"{way:>20}" for way in WAYS) + " |")
    for client in taking_turns:
        shown = (_shown(times[client.name, way], times[FLOOR.name, way]) for way in WAYS)
        print(f"| {client.name:30} | " + " | ".join(shown) + " |")


def _shown(times: list[float], floor: list[float]) -> str:
    return f"{statistics.median(times):8.1f} µs  {_ratio(times, floor):4.2f} ×"


def _ratio(times: list[float], others: list[float]) -> float:
    """Return the median of the ratios within a round: what slows a whole round concerns both."""
    return statistics.median(one / other for one, other in zip(times, others, strict=True))


def main(arguments: Sequence[str] = ()) -> None:
    """Measure and print; without arguments as among all benchmarks."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.counted_message")
    parser.add_argument("--against", type=Path, help="another checkout of the project, measured in the same run")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--messages", type=int, default=6000)
    wanted, began = parser.parse_args(arguments), time.monotonic()
    asyncio.run(measure(clients(wanted.against), wanted.rounds, wanted.messages))
    print(f"({time.monotonic() - began:.0f} s)")


if __name__ == "__main__":
    main(sys.argv[1:])
