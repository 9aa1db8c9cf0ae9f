"""Discord's clock, which a test may set apart from the machine's."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import formatdate


@dataclass(slots=True)
class Clock:
    """What Discord takes for now: the machine's time plus `offset` seconds.

    New ids, timestamps and the `Date` of every REST answer follow it; ids never go back.
    """

    offset: float = 0.0

    def time(self) -> float:
        """Seconds since 1970."""
        return time.time() + self.offset

    def now(self) -> datetime:
        """The moment, in UTC."""
        return datetime.fromtimestamp(self.time(), UTC)

    def http_date(self) -> str:
        """The moment as HTTP's `Date` header writes it, to the second."""
        return formatdate(self.time(), usegmt=True)
