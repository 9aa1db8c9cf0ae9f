"""Electricity zones with a slip of the keyboard."""

import pytest

from bot.estimation.impacts.zones import Zones
from bot.presentation import zones
from bot.presentation.translator import Catalogues

CODES = Zones().codes()


@pytest.mark.parametrize(
    ("typed", "locale", "code"),
    [
        ("Frnace", "fr", "FRA"),
        ("Frnace", "en", "FRA"),
        ("Etats Unis", "fr", "USA"),
        ("Suede", "fr", "SWE"),
        ("fra", "fr", "FRA"),
        ("fr", "fr", "FRA"),
        ("Germany", "fr", "DEU"),
        ("Allemagne", "en", "DEU"),
        ("allemange", "en", "DEU"),
        ("Belguim", "fr", "BEL"),
        ("US", "fr", "USA"),
        ("U.S.A.", "en", "USA"),
        ("Amérique", "fr", "USA"),
        ("uk", "fr", "GBR"),
        ("Grande-Bretagne", "en", "GBR"),
        ("Hollande", "fr", "NLD"),
        ("Guyane", "fr", "GUF"),
        ("Guyana", "en", "GUY"),
        ("Côte d'Ivoire", "en", "CIV"),
        ("Québec", "fr", "CAN"),
        ("Paris", "en", "FRA"),
        ("Bruxelles", "fr", "BEL"),
        ("Genève", "en", "CHE"),
        ("monde", "en", "WOR"),
        ("World", "fr", "WOR"),
        ("UE", "fr", "EEE"),
        ("Europe", "en", "EEE"),
    ],
)
def test_what_is_meant_is_found(catalogues: Catalogues, typed: str, locale: str, code: str) -> None:
    t = catalogues.translator(locale)
    assert zones.code_of(typed, CODES, t) == code
    assert zones.search(CODES, typed, t)[0][0] == code


def test_nonsense_finds_nothing(catalogues: Catalogues) -> None:
    t = catalogues.translator("fr")
    assert zones.code_of("zzzzz", CODES, t) == "zzzzz"
    assert zones.search(CODES, "zzzzz", t) == []
