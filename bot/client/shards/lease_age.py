"""How sure a process is of its leases: one that hung for longer than they last knows nothing until it has looked."""

import time

from bot.ledger.coordination.shard_leases import LEASE_SECONDS

CLOCK = getattr(time, "CLOCK_BOOTTIME", None)
"""A clock that goes on while the machine is suspended; only Linux has it."""


def seconds() -> float:
    """Return the seconds of a clock that nobody sets."""
    return time.monotonic() if CLOCK is None else time.clock_gettime(CLOCK)


class LeaseAge:
    """Since when the leases were known to be ours. `moment` is one of `seconds()`, from before asking."""

    def __init__(self) -> None:
        self._known_at = float("-inf")

    def is_sure(self) -> bool:
        """Tell whether nobody else can have taken them, as far as this process can tell."""
        return seconds() - self._known_at <= LEASE_SECONDS

    def learn(self, moment: float) -> None:
        """Note that the database said which are ours."""
        self._known_at = moment

    def keep(self) -> None:
        """Note that the database is in trouble: nobody takes any then, but for what was taken while this hung."""
        if self.is_sure():
            self._known_at = seconds()
