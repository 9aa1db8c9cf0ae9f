"""Timezones as people look for them: by city, by country, with a slip of the keyboard."""

import pytest

from bot.counting import timezones
from bot.errors import UserError

USUAL = ("Europe/Paris",)


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Marseille", "Europe/Paris"),
        ("lyon", "Europe/Paris"),
        ("geneve", "Europe/Zurich"),
        ("Genève", "Europe/Zurich"),
        ("Québec", "America/Toronto"),
        ("paris", "Europe/Paris"),
        ("new york", "America/New_York"),
        ("UTC", "UTC"),
    ],
)
def test_a_city_finds_its_timezone(typed: str, zone: str) -> None:
    assert timezones.find(typed) == zone
    assert zone in timezones.search(typed, USUAL)


def test_a_slip_is_helped_and_nonsense_is_not() -> None:
    with pytest.raises(UserError) as near:
        timezones.find("Marseile")
    assert near.value.values["nearest"] == "Europe/Paris"
    assert timezones.search("Marseile", USUAL) == ["Europe/Paris"]
    with pytest.raises(UserError) as nothing:
        timezones.find("zzzzzz")
    assert nothing.value.key == "error.no_such_timezone"
    assert timezones.search("zzzzzz", USUAL) == []


def test_every_city_lies_in_a_timezone_that_there_is() -> None:
    assert set(timezones.cities().values()) <= set(timezones.names())
    assert len(timezones.cities()) > 100
