"""Messages by the hour of the week, as the server's clocks showed it, counted once more the obvious way."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from making import GUILD, entry
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger.periods import Period
from bot.ledger.queries.hours import by_hour
from bot.ledger.write.writer import Writer

WEEKS = [
    ("UTC", date(2026, 11, 23)),
    ("Europe/Paris", date(2026, 10, 19)),  # the hour that comes twice
    ("Europe/Paris", date(2026, 3, 23)),  # the hour that there isn't
    ("Asia/Kathmandu", date(2026, 11, 23)),  # three quarters of an hour
]


@pytest.mark.parametrize(("name", "monday"), WEEKS)
async def test_hours_as_the_clocks_show_them(writer: Writer, engine: AsyncEngine, name: str, monday: date) -> None:
    timezone = ZoneInfo(name)
    start = datetime(monday.year, monday.month, monday.day, tzinfo=UTC) - timedelta(days=1)
    moments = [start + timedelta(minutes=97 * number) for number in range(9 * 24 * 60 // 97)]
    for number, at in enumerate(moments):
        assert writer.record(entry(number, at=at))
    assert writer.record(entry(0, at=start + timedelta(days=2), guild=GUILD + 1))
    await writer.flush()
    expected = [[0] * 24 for _ in range(7)]
    for at in moments:
        local = at.astimezone(timezone)
        if monday <= local.date() < monday + timedelta(days=7):
            expected[local.weekday()][local.hour] += 1
    found = await by_hour(engine, GUILD, Period(monday, monday + timedelta(days=7)), timezone)
    assert found == expected
    assert sum(map(sum, found)) > 100


async def test_a_quiet_server_has_no_hours(engine: AsyncEngine) -> None:
    period = Period(date(2026, 11, 23), date(2026, 11, 30))
    assert await by_hour(engine, GUILD, period, ZoneInfo("UTC")) == [[0] * 24] * 7
