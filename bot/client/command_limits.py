"""How often one person may ask: a token bucket each, so that nobody keeps the bot from the others."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import discord

from bot.counting.bounded_dict import BoundedDict
from bot.errors import UserError

MAX_PEOPLE = 10_000
"""People remembered; who is forgotten starts with a full bucket."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many interactions at once, and how many a second in the long run."""

    burst: float
    per_second: float


COMMANDS = Allowance(burst=20, per_second=0.5)
"""Commands, menus and buttons: nobody reads more answers than that."""

COMPLETIONS = Allowance(burst=40, per_second=5)
"""Discord asks about twice a second while somebody types."""


class TokenBuckets:
    """One bucket for each person, of bounded number."""

    def __init__(self, allowance: Allowance, clock: Callable[[], float] = time.monotonic) -> None:
        self._allowance, self._clock = allowance, clock
        self._left = BoundedDict[int, tuple[float, float]](MAX_PEOPLE)

    def wait(self, user_id: int) -> float:
        """Take a token and return 0; return the seconds until there is one where the bucket is empty."""
        now = self._clock()
        left, then = self._left.get(user_id) or (self._allowance.burst, now)
        left = min(self._allowance.burst, left + (now - then) * self._allowance.per_second)
        if left < 1:
            self._left.put(user_id, (left, now))
            return (1 - left) / self._allowance.per_second
        self._left.put(user_id, (left - 1, now))
        return 0.0


class CommandLimits:
    """What commands, menus and buttons ask before they do anything; completions have a bucket of their own."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._commands, self._completions = TokenBuckets(COMMANDS, clock), TokenBuckets(COMPLETIONS, clock)

    def check(self, interaction: discord.Interaction[Any]) -> None:
        """Raise `UserError` when somebody asks too often."""
        wait = self._commands.wait(interaction.user.id)
        if wait:
            raise UserError("error.too_often", seconds=math.ceil(wait))

    def may_complete(self, interaction: discord.Interaction[Any]) -> bool:
        """Tell whether somebody's typing is to be looked at."""
        return not self._completions.wait(interaction.user.id)
