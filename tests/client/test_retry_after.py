"""`Retry-After` in seconds, and as the moment that a proxy before Discord may say."""

import pytest

from bot.client.http_limits.retry_after import retry_after

DATE = "Fri, 27 Nov 2026 12:00:00 GMT"


@pytest.mark.parametrize(
    ("given", "seconds"),
    [
        ("3", 3.0),
        ("0.25", 0.25),
        ("Fri, 27 Nov 2026 12:01:30 GMT", 90.0),
        ("Fri, 27 Nov 2026 13:01:30 +0100", 90.0),
        ("Fri, 27 Nov 2026 11:59:00 GMT", 0.0),
        ("-1", None),
        ("nan", None),
        ("inf", None),
        ("soon", None),
        ("", None),
    ],
)
def test_what_it_says(given: str, seconds: float | None) -> None:
    assert retry_after({"Retry-After": given, "Date": DATE}) == seconds


def test_nothing_said() -> None:
    assert retry_after({}) is None


def test_without_a_date_the_hosts_clock_will_do() -> None:
    found = retry_after({"Retry-After": "Fri, 27 Nov 2099 12:00:00 GMT"})
    assert found is not None
    assert found > 86_400
