"""What time it is at Discord: the one clock of whatever decides something. The host's own may be wrong.

Three things tell: the `Date` of Discord's answers, the ids of its live messages (they carry the moment they were
made at), and the host's clock. None of them is believed against the others: a proxy may send an absurd `Date`, a
machine without a clock battery starts in another year, an id may be old.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from bot.ledger.types import DISCORD_EPOCH_MS

MAX_DISAGREEMENT = 300.0
"""Seconds between the host's clock and Discord's, beyond which nothing is deleted. A clock set by NTP is right
within a second and an answer takes half a minute at the most; a clock that was never set is off by an hour or more."""

MAX_DELAY = 900.0
"""Seconds that a live message may be old when it comes: a resumed session brings what it missed for some minutes."""

MAX_SILENCE = 365 * 86400.0
"""Seconds after the newest id known, beyond which a time is believed only if live messages bear it out."""

MAX_AHEAD = 86400.0
"""Seconds after every other time known, beyond which an id is no message's."""

MAX_AGE_OF_DATE = 7200.0
"""Seconds for which a `Date` tells that the host's clock agrees; the retention job asks for a new one each hour."""

HALF = 0.5
"""`Date` has whole seconds: on average half a second has gone by since."""

ONE_SECOND_OF_IDS = 1000 << 22
LAST_ID = ((2**63 >> 22) + DISCORD_EPOCH_MS) / 1000
"""Seconds since 1970 (in the year 2084) of the last id that a database's column holds."""


@dataclass(frozen=True, slots=True)
class ClockState:
    """Discord's now; by how many seconds the host's clock is ahead, None before Discord told; whether they agree."""

    now: datetime
    host_ahead: float | None
    agrees: bool


class DiscordClock:
    """Discord's now. `host` gives seconds since 1970 and may jump; `steady` gives seconds that only grow."""

    def __init__(self, host: Callable[[], float] = time.time, steady: Callable[[], float] = time.monotonic) -> None:
        self._host, self._steady = host, steady
        self._date: float | None = None  # all three: seconds since 1970, less the steady clock's
        self._unsure: float | None = None
        self._live: float | None = None
        self._date_at = -math.inf
        self._known: float | None = None
        self.heard_until = 0
        """Ids below this one tell nothing new: `hear_message` needn't be asked."""

    # What tells

    def hear_date(self, header: str | None) -> None:
        """Learn from an answer's `Date`; one that can't be read is left alone.

        One that contradicts those before is believed if the host's clock or the next one says the same.
        """
        try:
            date = parsedate_to_datetime(header or "").timestamp() + HALF
        except (ValueError, OverflowError):
            return
        steady, host = self._steady(), self._host()
        offset = date - steady
        near = (self._date, self._unsure, host - steady)
        if self._date is None or any(one is not None and abs(offset - one) <= MAX_DISAGREEMENT for one in near):
            self._date, self._unsure, self._date_at = offset, None, steady
        else:
            self._unsure = offset

    def hear_id(self, snowflake: int) -> None:
        """Learn from an id of whatever age: it isn't later than now. 0 is none."""
        made = seconds_of(snowflake)
        if snowflake and self._is_plausible(made):
            self._known = made if self._known is None else max(self._known, made)

    def hear_message(self, message_id: int) -> bool:
        """Learn from a message that has just come; False for an id from a time that hasn't come yet."""
        if message_id < self.heard_until:
            return True
        made = seconds_of(message_id)
        if not self._is_plausible(made):
            return False
        self.heard_until = message_id + ONE_SECOND_OF_IDS
        offset = made - self._steady()
        self._live = offset if self._live is None else max(self._live, offset)
        self._known = made if self._known is None else max(self._known, made)
        return True

    # What it tells

    def now(self) -> datetime:
        """Return Discord's now: its `Date`, else the host's time, unless ids contradict; else what ids say."""
        return _moment(self._now())

    def earliest(self) -> datetime:
        """Return the earliest that Discord's now may be: for what must not be left out too early."""
        steady = self._steady()
        return _moment(min([one for one in self._told(steady) if self._may_be(one, steady)], default=self._now()))

    def seconds_since(self, snowflake: int) -> float:
        """Return the age of an id."""
        return self._now() - seconds_of(snowflake)

    @property
    def host_ahead(self) -> float | None:
        """Return by how many seconds the host's clock is ahead of Discord's; None before Discord told."""
        if self._date is None and self._live is None:
            return None
        return self._host() - self._now()

    @property
    def agrees(self) -> bool:
        """Tell whether the host and Discord give the same time, so that something may be deleted by it."""
        steady = self._steady()
        if self._date is None or steady - self._date_at > MAX_AGE_OF_DATE:
            return False
        date, host = self._told(steady)
        return abs(date - host) <= MAX_DISAGREEMENT and self._may_be(date, steady) and self._may_be(host, steady)

    @property
    def state(self) -> ClockState:
        """Return all of it."""
        return ClockState(self.now(), self.host_ahead, self.agrees)

    def _now(self) -> float:
        steady = self._steady()
        live = -math.inf if self._live is None else self._live + steady
        told = self._told(steady)
        for one in told:
            if self._may_be(one, steady):
                return max(one, live)
        return live if self._live is not None else max(told[-1], self._known or 0.0)

    def _told(self, steady: float) -> list[float]:
        """Return what the `Date` (if there was one) and the host's clock say now."""
        host = self._host()
        return [host] if self._date is None else [self._date + steady, host]

    def _may_be(self, told: float, steady: float) -> bool:
        """Tell whether the ids seen allow that time."""
        if self._live is not None:
            live = self._live + steady
            return live - MAX_DISAGREEMENT <= told <= live + MAX_DELAY
        if self._known is None:
            return True
        return self._known - MAX_DISAGREEMENT <= told <= self._known + MAX_SILENCE

    def _is_plausible(self, made: float) -> bool:
        if made > LAST_ID:
            return False
        return self._date is None or made <= max(*self._told(self._steady()), self._known or 0.0) + MAX_AHEAD


def seconds_of(snowflake: int) -> float:
    """Return when Discord gave that id, in seconds since 1970."""
    return ((snowflake >> 22) + DISCORD_EPOCH_MS) / 1000


def _moment(seconds: float) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
