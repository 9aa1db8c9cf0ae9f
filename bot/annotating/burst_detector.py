"""Tells when replying to each message would be a nuisance, and when it is calm enough again."""

import math
from collections import deque

MAX_REPLIES = 10
BURST_SECONDS = 60.0
"""Messages to be answered in so many seconds from which a channel is crowded: one every six seconds."""

CALM_AFTER = 60.0
"""Seconds without a crowd until replies begin again."""


class BurstDetector:
    """The last arrivals in one channel."""

    def __init__(self) -> None:
        self._arrivals: deque[float] = deque(maxlen=MAX_REPLIES)
        self._until = -math.inf

    def arrives(self, now: float) -> None:
        """Note a message that would get a reply."""
        self._arrivals.append(now)
        if len(self._arrivals) == MAX_REPLIES and now - self._arrivals[0] <= BURST_SECONDS:
            self.overflows(now)

    def overflows(self, now: float) -> None:
        """Note that Discord takes fewer replies than there are messages."""
        self._until = now + CALM_AFTER

    def is_there(self, now: float) -> bool:
        """Tell whether it is crowded."""
        return now < self._until

    def calm_in(self, now: float) -> float:
        """Return the seconds until it is calm, if nobody writes."""
        return max(0.0, self._until - now)
