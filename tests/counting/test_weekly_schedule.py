"""Once a week, everywhere: over changes of clocks, days that were skipped, and changes of timezone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.counting.weekly_schedule import WEEK, Due, WeeklySchedule, due_in, latest_due, next_due

PLACES = (
    "Europe/Paris",
    "America/New_York",
    "America/St_Johns",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Kathmandu",
    "UTC",
)
SCHEDULES = st.builds(WeeklySchedule, st.integers(0, 6), st.integers(0, 23), st.sampled_from(PLACES).map(ZoneInfo))
MONDAYS = st.integers(0, 4000).map(lambda number: date(1996, 1, 1) + number * WEEK)
MOMENTS = st.datetimes(datetime(1996, 1, 8), datetime(2070, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 as hypothesis wants it
PARIS = ZoneInfo("Europe/Paris")


@given(MONDAYS, SCHEDULES)
def test_each_week_is_due_once_about_seven_days_after_the_one_before(week: date, schedule: WeeklySchedule) -> None:
    this, following = due_in(week, schedule), due_in(week + WEEK, schedule)
    assert timedelta(days=5) < following.moment - this.moment < timedelta(days=9)
    assert this.week.weekday() == 0


@given(MOMENTS, SCHEDULES)
def test_now_is_between_the_latest_and_the_next(now: datetime, schedule: WeeklySchedule) -> None:
    latest, following = latest_due(now, schedule), next_due(now, schedule)
    assert latest.moment <= now < following.moment
    assert following.week == latest.week + WEEK


@given(MONDAYS, SCHEDULES)
def test_a_due_moment_is_due_at_once_and_not_a_microsecond_before(week: date, schedule: WeeklySchedule) -> None:
    due = due_in(week, schedule)
    assert latest_due(due.moment, schedule) == due
    assert next_due(due.moment - timedelta(microseconds=1), schedule) == due


@given(MONDAYS, SCHEDULES)
def test_clocks_show_the_hour_unless_it_was_skipped(week: date, schedule: WeeklySchedule) -> None:
    local = due_in(week, schedule).moment.astimezone(schedule.timezone)
    shown = local.replace(tzinfo=None)
    wanted = datetime.combine(week + timedelta(days=schedule.weekday), datetime.min.time()) + timedelta(
        hours=schedule.hour
    )
    exists = wanted.replace(tzinfo=schedule.timezone).astimezone(UTC).astimezone(schedule.timezone)
    assert shown == wanted or exists.replace(tzinfo=None) != wanted


@given(MONDAYS, st.integers(0, 6), st.integers(0, 23), st.sampled_from(PLACES), st.sampled_from(PLACES))
def test_a_change_of_timezone_leaves_the_week_its_own(
    week: date, weekday: int, hour: int, before: str, after: str
) -> None:
    """What was posted for a week under one timezone is that week's under any other."""
    posted = due_in(week, WeeklySchedule(weekday, hour, ZoneInfo(before)))
    moved = due_in(week, WeeklySchedule(weekday, hour, ZoneInfo(after)))
    assert posted.week == moved.week
    assert abs(posted.moment - moved.moment) <= timedelta(hours=52)  # 26 either way, and a skipped day


@pytest.mark.parametrize(
    ("week", "weekday", "hour", "moment"),
    [
        ((2026, 3, 23), 6, 2, "2026-03-29T01:00:00+00:00"),  # the clocks go from 2:00 to 3:00: it is 3:00 then
        ((2026, 3, 23), 6, 3, "2026-03-29T01:00:00+00:00"),
        ((2026, 10, 19), 6, 2, "2026-10-25T00:00:00+00:00"),  # 2:00 comes twice: the first
        ((2026, 10, 19), 6, 3, "2026-10-25T02:00:00+00:00"),
        ((2026, 11, 23), 0, 9, "2026-11-23T08:00:00+00:00"),
        ((2026, 6, 22), 0, 9, "2026-06-22T07:00:00+00:00"),
    ],
)
def test_when_the_clocks_change_in_paris(week: tuple[int, int, int], weekday: int, hour: int, moment: str) -> None:
    due = due_in(date(*week), WeeklySchedule(weekday, hour, PARIS))
    assert due == Due(date(*week), datetime.fromisoformat(moment))


def test_the_day_that_samoa_skipped_is_made_up() -> None:
    apia = ZoneInfo("Pacific/Apia")
    due = due_in(date(2011, 12, 26), WeeklySchedule(4, 9, apia))
    assert due.day(apia) == date(2011, 12, 31)
