"""Days and weeks over year ends, leap days and the nights when clocks change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ledger.periods import (
    ALL,
    DAY,
    MONTH,
    PAST_WEEK,
    PERIODS,
    WEEK,
    Period,
    comparable,
    local_day,
    period,
    preceding,
)
from bot.ledger.types import day_number, id_at, milliseconds, moment_of

PLACES = ("Europe/Paris", "America/New_York", "Pacific/Auckland", "Pacific/Apia", "Asia/Kathmandu", "UTC")
DAYS = st.dates(date(2015, 2, 1), date(2090, 12, 31))
MOMENTS = st.datetimes(datetime(2015, 2, 1), datetime(2090, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 as hypothesis wants it


@given(MOMENTS, st.sampled_from(PLACES))
def test_each_moment_is_in_the_week_of_its_day(moment: datetime, place: str) -> None:
    day = local_day(moment, ZoneInfo(place))
    week = period(WEEK, day)
    assert week.start.weekday() == 0
    assert week.start <= day < week.end
    assert week.end - week.start == timedelta(days=7)
    midnight = datetime(week.start.year, week.start.month, week.start.day, tzinfo=ZoneInfo(place))
    assert midnight.astimezone(UTC) <= moment


@given(DAYS)
def test_weeks_and_months_follow_each_other(day: date) -> None:
    for name in (WEEK, MONTH):
        running = period(name, day)
        assert period(name, running.start) == period(name, running.end - DAY) == running
        assert period(name, running.end).start == running.end


@given(DAYS)
def test_the_same_days_of_the_week_before(day: date) -> None:
    found = comparable(WEEK, day)
    assert found is not None
    running, before = found
    assert (running.start, running.end) == (period(WEEK, day).start, day + DAY)
    assert (before.start, before.end) == (running.start - 7 * DAY, running.end - 7 * DAY)


@given(DAYS)
def test_the_past_week_ends_today_and_is_compared_with_the_seven_days_before(day: date) -> None:
    past = period(PAST_WEEK, day)
    before = preceding(PAST_WEEK, past.start)
    assert (past.end, before.end) == (day, past.start)
    assert past.end - past.start == before.end - before.start == 7 * DAY
    assert comparable(PAST_WEEK, day) == (past, before)
    monday = period(WEEK, day).start
    assert period(PAST_WEEK, monday) == preceding(WEEK, monday)


@given(DAYS)
def test_the_same_days_of_the_month_before(day: date) -> None:
    found = comparable(MONTH, day)
    assert found is not None
    running, before = found
    assert before.start.day == running.start.day == 1
    assert before.end <= running.start
    assert before.end - before.start in {running.end - running.start, running.start - before.start}


@pytest.mark.parametrize(
    ("moment", "place", "day"),
    [
        ("2026-03-29T00:59:59Z", "Europe/Paris", "2026-03-29"),
        ("2026-10-25T22:59:59Z", "Europe/Paris", "2026-10-25"),
        ("2026-10-25T23:00:00Z", "Europe/Paris", "2026-10-26"),
        ("2026-12-31T23:30:00Z", "Europe/Paris", "2027-01-01"),
        ("2026-12-31T23:30:00Z", "America/New_York", "2026-12-31"),
    ],
)
def test_days(moment: str, place: str, day: str) -> None:
    assert local_day(datetime.fromisoformat(moment), ZoneInfo(place)) == date.fromisoformat(day)


def test_named_ones() -> None:
    assert period(WEEK, date(2027, 1, 1)) == Period(date(2026, 12, 28), date(2027, 1, 4))
    assert period(MONTH, date(2028, 2, 29)) == Period(date(2028, 2, 1), date(2028, 3, 1))
    assert comparable(MONTH, date(2026, 3, 31)) == (
        Period(date(2026, 3, 1), date(2026, 4, 1)),
        Period(date(2026, 2, 1), date(2026, 3, 1)),
    )
    assert comparable(ALL, date(2026, 3, 31)) is None
    assert [period(name, date(2026, 3, 31)).start for name in PERIODS][2] == date.min
    with pytest.raises(ValueError, match="year"):
        period("year", date(2026, 3, 31))


@given(MOMENTS, DAYS)
def test_numbers_for_moments_and_days(moment: datetime, day: date) -> None:
    assert moment_of(id_at(moment)) <= moment < moment_of(id_at(moment)) + timedelta(milliseconds=1)
    assert milliseconds(moment_of(id_at(moment))) == milliseconds(moment)
    assert day_number(day) < day_number(day + DAY)


def test_the_id_in_discords_documentation() -> None:
    assert moment_of(175928847299117063) == datetime(2016, 4, 30, 11, 18, 25, 796000, tzinfo=UTC)
