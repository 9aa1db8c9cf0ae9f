"""How long single steps keep the event loop from everything else."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

BUDGET = 0.05
"""Seconds of its own processor time that one step may keep the event loop busy, on the machine of `WORK_TAKES`."""

WORK_TAKES = 0.0075
"""Seconds that `_work` takes there."""

TRIES = 3
"""What is over the budget once may be the machine's doing: what counts is the best of so many."""


class Stalls:
    """Steps of the event loop and the processor time that each took, in seconds; other processes don't count."""

    def __init__(self) -> None:
        self.longest = 0.0
        self.what = ""

    def note(self, seconds: float, handle: Any) -> None:
        if seconds > self.longest:
            self.longest, self.what = seconds, repr(handle)


@contextmanager
def measured() -> Iterator[Stalls]:
    """Measure every step."""
    stalls, original = Stalls(), asyncio.Handle._run

    def run(self: Any) -> Any:
        start = time.thread_time()
        try:
            return original(self)
        finally:
            stalls.note(time.thread_time() - start, self)

    asyncio.Handle._run = run
    try:
        yield stalls
    finally:
        asyncio.Handle._run = original


async def too_long(action: Callable[[], Awaitable[object]]) -> str:
    """Return the step of an action that is over the budget each time it is tried, "" where there is none."""
    found = ""
    for _ in range(TRIES):
        with measured() as stalls:
            await action()
            await asyncio.sleep(0)  # so that the step that ends it is among them
        if stalls.longest <= BUDGET * slowness():
            return ""
        found = f"{stalls.longest:.3f} s in {stalls.what}"
    return found


def slowness() -> float:
    """Return how many times longer this machine takes just now, 1 at least."""
    start = time.thread_time()
    _work()
    return max(1.0, (time.thread_time() - start) / WORK_TAKES)


def _work() -> int:
    return sum(len(str(number)) for number in range(100_000))
