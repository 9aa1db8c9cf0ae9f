"""The day of a message by its id equals the day by its time, over days of 23, 24 and 25 hours."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ledger.periods import Days, local_day
from bot.ledger.types import id_at, moment_of

PLACES = [ZoneInfo(name) for name in ("UTC", "Europe/Paris", "America/New_York", "Pacific/Kiritimati", "Asia/Kolkata")]
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(st.sampled_from(PLACES), st.lists(MOMENTS, min_size=1, max_size=8))
def test_the_same_day(place: ZoneInfo, moments: list[datetime]) -> None:
    days = Days(place)
    for moment in moments:
        one = id_at(moment)
        assert days.of(one) == local_day(moment_of(one), place)


@pytest.mark.parametrize("around", [datetime(2026, 3, 28, 23, tzinfo=UTC), datetime(2026, 10, 24, 22, tzinfo=UTC)])
def test_when_the_clocks_change(around: datetime) -> None:
    paris = ZoneInfo("Europe/Paris")
    days = Days(paris)
    for minutes in range(-120, 27 * 60, 7):
        moment = around + timedelta(minutes=minutes)
        assert days.of(id_at(moment)) == local_day(moment, paris)
