"""Days and weeks as a server lives them."""

import calendar
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.ledger.types import id_at, moment_of

WEEK, MONTH, ALL = "week", "month", "all"
PERIODS = (WEEK, MONTH, ALL)
"""What people can ask for."""

PAST_WEEK = "past_week"
"""The seven days before today, whole: what a weekly recap is of."""

DAY = timedelta(days=1)


class Period(NamedTuple):
    """Days of a server: `start` is the first one, `end` the first one after."""

    start: date
    end: date


def local_day(moment: datetime, timezone: ZoneInfo) -> date:
    """Return the day it is in that timezone; the moment must know its own."""
    return moment.astimezone(timezone).date()


def period(name: str, today: date) -> Period:
    """Return the running week (Monday to Monday), the running month, the seven days before today, or everything.

    Raises `ValueError` for any other name.
    """
    if name == PAST_WEEK:
        return Period(today - 7 * DAY, today)
    if name == WEEK:
        start = today - today.weekday() * DAY
        return Period(start, start + 7 * DAY)
    if name == MONTH:
        days = calendar.monthrange(today.year, today.month)[1]
        return Period(today.replace(day=1), today.replace(day=days) + DAY)
    if name == ALL:
        return Period(date.min, date.max)
    raise ValueError(name)


def preceding(name: str, start: date) -> Period:
    """Return the period before the one that begins on that day."""
    return period(name, start if name == PAST_WEEK else start - DAY)


def comparable(name: str, today: date) -> tuple[Period, Period] | None:
    """Return the days of the running period up to today, and the same days of the one before; None for "all".

    A shorter month before is taken whole, and so are both of the seven days before today.
    """
    if name == ALL:
        return None
    if name == PAST_WEEK:
        past = period(name, today)
        return past, preceding(name, past.start)
    running = Period(period(name, today).start, today + DAY)
    before = preceding(name, running.start)
    return running, Period(before.start, min(before.start + (running.end - running.start), before.end))


def first_id(day: date, timezone: ZoneInfo) -> int:
    """Return the lowest id of a day there; by the clock, so a day may have 23 or 25 hours."""
    return id_at(datetime(day.year, day.month, day.day, tzinfo=timezone))


class Days:
    """Which day it is somewhere, by message id: asked for every message, and the day rarely changes."""

    def __init__(self, timezone: ZoneInfo) -> None:
        self.timezone = timezone
        self._day = date.min
        self._first = self._end = 0

    def of(self, message_id: int) -> date:
        """Return the day on which Discord gave the id."""
        if not self._first <= message_id < self._end:
            self._turn_to(local_day(moment_of(message_id), self.timezone))
        return self._day

    def _turn_to(self, day: date) -> None:
        self._day = day
        self._first, self._end = (first_id(one, self.timezone) for one in (day, day + DAY))
