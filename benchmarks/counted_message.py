"""CPU per message, counted or not: the bot against a bare discord.py client that tokenises each and does nothing else.

Messages come in bursts of fifty, and one at a time; CPU time is the system's. With `--against` the bot of another
checkout takes its turn too. All run side by side and take turns, so that what slows the machine concerns all of them.

    python -m benchmarks.counted_message [--against PATH] [--rounds 10] [--messages 1000] [--apart 0.004]

`--apart` are the seconds between two messages that come one at a time; with 0.15 none is counted together with others.
"""

import argparse
import asyncio
import itertools
import statistics
import sys
import time
from asyncio.subprocess import Process
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from benchmarks.clients import APART, FLOOR, ROOT, RUN, Client, per_message, running
from sandbox import Sandbox

BURSTS = "in bursts"
WAYS = (BURSTS, "one at a time")
GOALS = {
    ("not counted", WAYS[0]): 0.4,
    ("not counted", WAYS[1]): 0.6,
    ("counted", WAYS[0]): 2.0,
    ("counted", WAYS[1]): 1.5,
}
"""Times the bare client's, at the most."""

Times = dict[tuple[str, str], list[float]]
"""Microseconds per message in each round, by client and way."""


def clients(against: Path | None) -> list[Client]:
    """Return what takes turns; the floor comes first."""
    checkouts = {"": ROOT} | ({", other checkout": against.absolute()} if against is not None else {})
    found = [FLOOR]
    for name, folder in checkouts.items():
        found += [Client(f"not counted{name}", RUN, folder, counts=False), Client(f"counted{name}", RUN, folder)]
    return found


async def measure(taking_turns: list[Client], rounds: int, messages: int, apart: float) -> None:
    """Run all of them at once, let them take turns, then print the medians beside the floor."""
    times: Times = {}
    async with AsyncExitStack() as stack:
        started: list[tuple[Client, Sandbox, Process]] = []
        for client in taking_turns:
            sandbox = await Sandbox.start()
            stack.push_async_callback(sandbox.stop)
            started.append((client, sandbox, await stack.enter_async_context(running(client, sandbox))))
        for number in range(rounds):
            for way, (client, sandbox, process) in itertools.product(WAYS, started):
                taken = await per_message(process, sandbox, messages, bursts=way == BURSTS, apart=apart)
                times.setdefault((client.name, way), []).append(taken)
            print(f"round {number + 1} of {rounds}", file=sys.stderr)
    print(f"medians over {rounds} rounds of {messages} messages; ratios to the bare client in the same round")
    print(f"| {'':30} | " + " | ".join(f"{way:>32}" for way in WAYS) + " |")
    for client in taking_turns:
        shown = (f"{_shown(times, client.name, way):>32}" for way in WAYS)
        print(f"| {client.name:30} | " + " | ".join(shown) + " |")


def _shown(times: Times, name: str, way: str) -> str:
    """Return what a message takes, beside the floor and the goal."""
    taken, goal = times[name, way], GOALS.get((name, way))
    ratio = _ratio(taken, times[FLOOR.name, way])
    return f"{statistics.median(taken):8.1f} µs  {ratio:4.2f} × " + (f"(goal {goal:.1f})" if goal else " " * 10)


def _ratio(times: list[float], others: list[float]) -> float:
    """Return the median of the ratios within a round: what slows a whole round concerns both."""
    return statistics.median(one / other for one, other in zip(times, others, strict=True))


def main(arguments: Sequence[str] = ()) -> None:
    """Measure and print; without arguments as among all benchmarks."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.counted_message")
    parser.add_argument("--against", type=Path, help="another checkout of the project, measured in the same run")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--messages", type=int, default=1000)
    parser.add_argument("--apart", type=float, default=APART)
    wanted, began = parser.parse_args(arguments), time.monotonic()
    asyncio.run(measure(clients(wanted.against), wanted.rounds, wanted.messages, wanted.apart))
    print(f"({time.monotonic() - began:.0f} s)")


if __name__ == "__main__":
    main(sys.argv[1:])
