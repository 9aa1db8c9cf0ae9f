"""How long single steps keep the event loop from everything else."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


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
