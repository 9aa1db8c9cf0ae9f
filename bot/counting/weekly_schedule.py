"""When something weekly is due in a server's timezone: on a weekday, at an hour. Pure arithmetic.

Each week, Monday to Monday, has one due moment. Where that night has no such hour, it is the moment that the clocks
would have shown it (an hour later by the clock); where the hour comes twice, the first.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

WEEK = timedelta(days=7)


class WeeklySchedule(NamedTuple):
    """A weekday (0 is Monday) and an hour (0 to 23) of a timezone."""

    weekday: int
    hour: int
    timezone: ZoneInfo


class Due(NamedTuple):
    """The Monday of a week, and the moment (UTC) that it is due."""

    week: date
    moment: datetime

    def day(self, timezone: ZoneInfo) -> date:
        """Return the day it is there then."""
        return self.moment.astimezone(timezone).date()


def due_in(week: date, schedule: WeeklySchedule) -> Due:
    """Return when a week, given by its Monday, is due."""
    day = week + timedelta(days=schedule.weekday)
    local = datetime.combine(day, time(schedule.hour), schedule.timezone)
    return Due(week, local.astimezone(UTC))


def latest_due(now: datetime, schedule: WeeklySchedule) -> Due:
    """Return what was due last, now included."""
    today = now.astimezone(schedule.timezone).date()
    due = due_in(today - timedelta(days=today.weekday()) + WEEK, schedule)
    while due.moment > now:
        due = due_in(due.week - WEEK, schedule)
    return due


def next_due(now: datetime, schedule: WeeklySchedule) -> Due:
    """Return what is due next, later than now."""
    return due_in(latest_due(now, schedule).week + WEEK, schedule)
