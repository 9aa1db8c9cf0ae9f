"""The way in: `python -m benchmarks.soak`."""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.soak.running import Plan, Soak
from benchmarks.soak.verdict import report
from benchmarks.soak.world import build


def main() -> int:
    """Run it; status 1 when something was lost, doubled or late, 130 when it was stopped."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--channels", type=int, default=1000)
    parser.add_argument("--rate", type=float, default=40, help="messages a second")
    parser.add_argument("--seed", type=int, default=20261126, help="of all that is left to chance")
    parser.add_argument("--port", type=int, default=9187, help="where the bot serves its metrics")
    parser.add_argument("--log", type=Path, help="where to keep the bot's log")
    wanted = parser.parse_args()
    plan = Plan(wanted.minutes * 60, wanted.rate, wanted.port)
    with tempfile.TemporaryDirectory() as folder:
        soak = Soak(build(wanted.channels, wanted.seed), plan, Path(folder))
        try:
            found = asyncio.run(soak.run())
        except KeyboardInterrupt:
            print(stopped(soak), file=sys.stderr)
            return 130
        finally:
            if wanted.log and (log := Path(folder) / "log").exists():
                wanted.log.write_bytes(log.read_bytes())
    print(report(soak.world, found, soak.observed, soak.last_start))
    return 0 if found.exact and not found.late else 1


def stopped(soak: Soak) -> str:
    """Say where it was."""
    gone, world = time.monotonic() - soak.began, soak.world
    return (
        f"\nstopped after {gone:.0f} of {soak.plan.seconds:.0f} s: {len(world.counted)} messages, "
        f"{world.faults.total()} faults; nothing was checked"
    )


if __name__ == "__main__":
    sys.exit(main())
