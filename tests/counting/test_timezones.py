"""Timezones as people look for them: by city, by country, with a slip of the keyboard."""

import pytest

from bot.counting import timezones
from bot.errors import UserError
from bot.estimation.facts import places
from bot.estimation.impacts.zones import Zones

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
        ("Bruxelles", "Europe/Brussels"),
        ("St-Étienne", "Europe/Paris"),
        ("clermont ferrand", "Europe/Paris"),
        ("Aix-en-Provence", "Europe/Paris"),
        ("Valence", "Europe/Paris"),
        ("Montréal", "America/Toronto"),
        ("quebec city", "America/Toronto"),
        ("La Réunion", "Indian/Reunion"),
        ("Guyane", "America/Cayenne"),
        ("Nouvelle-Calédonie", "Pacific/Noumea"),
        ("île maurice", "Indian/Mauritius"),
        ("Côte d’Ivoire", "Africa/Abidjan"),
        ("Sénégal", "Africa/Dakar"),
        ("Senegal", "Africa/Dakar"),
        ("Royaume-Uni", "Europe/London"),
        ("United Kingdom", "Europe/London"),
        ("UK", "Europe/London"),
        ("Japon", "Asia/Tokyo"),
        ("Vienne", "Europe/Vienna"),
        ("Athènes", "Europe/Athens"),
        ("NYC", "America/New_York"),
        ("GMT", "UTC"),
        ("UTC+0", "UTC"),
        ("Europe Paris", "Europe/Paris"),
        ("europe/kiev", "Europe/Kiev"),
    ],
)
def test_a_city_finds_its_timezone(typed: str, zone: str) -> None:
    assert timezones.find(typed) == zone
    assert zone in timezones.search(typed, USUAL)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("Frnace", "Europe/Paris"),
        ("marsielle", "Europe/Paris"),
        ("Tuolouse", "Europe/Paris"),
        ("Strasbourgh", "Europe/Paris"),
        ("Belguim", "Europe/Brussels"),
        ("Lausane", "Europe/Zurich"),
        ("heure de Paris", "Europe/Paris"),
        ("Washington DC", "America/New_York"),
        ("CET", "Europe/Paris"),
        ("cest", "Europe/Paris"),
        ("EST", "America/Toronto"),
        ("heure de l’Est", "America/Toronto"),
        ("Canada", "America/Toronto"),
        ("Saint-Denis", "Indian/Reunion"),
        ("États-Unis", "America/New_York"),
        ("USA", "America/New_York"),
        ("UTC+1", "Europe/Paris"),
        ("UTC+2", "Europe/Paris"),
        ("gmt -5", "America/New_York"),
        ("+04:00", "Indian/Reunion"),
    ],
)
def test_what_means_one_of_several_is_offered(typed: str, offered: str) -> None:
    """A slip, an abbreviation, an offset or a large country: somebody has to choose."""
    with pytest.raises(UserError) as near:
        timezones.find(typed)
    named = near.value.values["nearest"]
    assert isinstance(named, str)
    assert offered in named.split(", ")
    assert offered in timezones.search(typed, USUAL)


@pytest.mark.parametrize("typed", ["EST", "LA", "CET", "Maurice", "UK"])
def test_letters_within_a_name_mean_nothing(typed: str) -> None:
    """Bucharest holds "est", Glasgow "la": that isn't what is meant."""
    assert not {"Europe/Bucharest", "Africa/Ceuta", "Antarctica/Macquarie", "America/Nuuk"} & set(
        timezones.search(typed, USUAL)
    )


def test_a_slip_is_helped_and_nonsense_is_not() -> None:
    with pytest.raises(UserError) as near:
        timezones.find("Marseile")
    assert near.value.values["nearest"] == "Europe/Paris"
    assert timezones.search("Marseile", USUAL) == ["Europe/Paris"]
    for typed in ("zzzzzz", "UTC+77", "UTC+99:00", "🥖", "…"):
        with pytest.raises(UserError) as nothing:
            timezones.find(typed)
        assert nothing.value.key == "error.no_such_timezone"
        assert timezones.search(typed, USUAL) == []


def test_every_city_lies_in_a_timezone_that_there_is() -> None:
    assert {zone for zones in places.timezones().values() for zone in zones} <= set(places.timezone_names())
    named = {*places.city_file().cities, *(zone for zones in places.city_file().several.values() for zone in zones)}
    assert named <= set(places.timezone_names())
    assert len(places.timezones()) > 1000


def test_every_electricity_zone_that_is_named_exists() -> None:
    assert set(places.electricity().values()) <= set(Zones().codes())
