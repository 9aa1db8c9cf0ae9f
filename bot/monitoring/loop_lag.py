"""Measures how late the event loop is: what keeps it busy keeps everything else waiting."""

import asyncio
import logging
import math
import time
from collections import deque
from collections.abc import Callable

log = logging.getLogger(__name__)

MEASURE_INTERVAL = 0.1
"""Seconds between two measurements."""

WINDOW = 60
"""Seconds that `largest` looks back."""

AFTER_MISHAP = 60.0
"""Seconds without measurements after one that failed."""


class LoopLag:
    """Sleeps, and notes by how much each sleep was too long. `clock` gives seconds that only grow."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.last = 0.0
        self.count = 0
        self.total = 0.0
        self._clock = clock
        self._seconds: deque[tuple[int, float]] = deque(maxlen=WINDOW + 1)

    @property
    def largest(self) -> float:
        """Return the largest lag within the last minute, or a second longer."""
        limit = math.floor(self._clock()) - WINDOW
        return max((lag for second, lag in self._seconds if second >= limit), default=0.0)

    async def run(self) -> None:
        """Measure for ever; a measurement that fails is left out."""
        while True:
            try:
                await self._measure()
            except Exception:
                log.exception("the event loop's lag can't be measured")
                await asyncio.sleep(AFTER_MISHAP)

    def note(self, lag: float) -> None:
        """Take a measurement; of each second only the largest is kept."""
        second = math.floor(self._clock())
        same = bool(self._seconds) and self._seconds[-1][0] == second
        self._seconds.append((second, max(lag, self._seconds.pop()[1]) if same else lag))
        self.last, self.count, self.total = lag, self.count + 1, self.total + lag

    async def _measure(self) -> None:
        due = self._clock() + MEASURE_INTERVAL
        await asyncio.sleep(MEASURE_INTERVAL)
        self.note(max(0.0, self._clock() - due))
