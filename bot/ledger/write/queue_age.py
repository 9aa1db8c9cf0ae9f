"""How long the first of a queue can have waited, without noting the moment at which each one came."""

import time
from collections import deque
from collections.abc import Callable


class QueueAge:
    """Knows a moment before which the first of a queue can't have come. Costs nothing for each one that comes.

    Moments are noted when the first one comes, and whenever somebody looks at the queue: what is behind those that
    waited then came later.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._since = clock()
        self._gone = 0
        self._looks: deque[tuple[int, float]] = deque()

    def first(self) -> None:
        """Note that the queue was empty until now."""
        self._since = self._clock()

    def look(self, waiting: int) -> None:
        """Note that so many wait now, so that all others come from now on."""
        end = self._gone + waiting
        if not self._looks or self._looks[-1][0] != end:  # looks at the same ones, again and again, take no memory
            self._looks.append((end, self._clock()))

    def leave(self, count: int) -> None:
        """Note that so many have left at the front."""
        self._gone += count
        while self._looks and self._looks[0][0] <= self._gone:
            self._since = self._looks.popleft()[1]

    @property
    def longest(self) -> float:
        """Return the seconds that the first one has waited at the most."""
        return self._clock() - self._since
