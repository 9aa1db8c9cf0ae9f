"""Places as people type them: cities, countries and regions in French and English (CLDR), and more (`cities.toml`)."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import cast
from zoneinfo import available_timezones

from babel.core import Locale, get_global

from bot.estimation.facts.fact import CONFIG_DIR, Strings, Table, load

MAX_TYPED = 100
"""Characters of what somebody typed that are looked at."""

LANGUAGES = ("fr", "en")
"""Whose names of places are known, whatever language somebody reads."""

REGIONS = ("Europe", "America", "Africa", "Asia", "Australia", "Pacific", "Atlantic", "Indian", "Antarctica")

_SAINTS = {"st": "saint", "ste": "sainte"}


class CityFile(Table):
    """`cities.toml`: cities by their timezone, names of several timezones, names of electricity zones."""

    cities: dict[str, Strings]
    several: dict[str, Strings]
    electricity: dict[str, Strings]


@cache
def city_file() -> CityFile:
    """Return what the file holds."""
    return load(CONFIG_DIR, "cities", CityFile)


def folded(text: str) -> str:
    """Return what of a name counts: no capitals, accents, hyphens; "St" is "Saint"."""
    decomposed = unicodedata.normalize("NFKD", text.strip()[:MAX_TYPED].casefold().replace(".", ""))
    kept = "".join(char for char in decomposed if not unicodedata.combining(char))
    words = (word for word in re.split(r"[\W_]+", kept) if word)
    return " ".join(_SAINTS.get(word, word) for word in words)


@cache
def timezone_names() -> tuple[str, ...]:
    """Return the names of the timezones that are places, and UTC (IANA, as the system or tzdata has them)."""
    places = (name for name in available_timezones() if name.partition("/")[0] in REGIONS)
    return ("UTC", *sorted(places))


@cache
def timezones() -> Mapping[str, tuple[str, ...]]:
    """Return the timezones of each place by its folded name: one for a city, several for some countries."""
    known = frozenset(timezone_names())
    found: dict[str, tuple[str, ...]] = {}
    for name, zones in _timezones():
        kept = tuple(zone for zone in zones if zone in known)
        if kept:
            found.setdefault(folded(name), kept)
    return found


@cache
def well_known() -> tuple[str, ...]:
    """Return the timezones of `cities.toml`: those that people here look for first."""
    return tuple(
        dict.fromkeys([*city_file().cities, *(zone for zones in city_file().several.values() for zone in zones)])
    )


@cache
def electricity() -> Mapping[str, str]:
    """Return codes of electricity zones by the folded names of `cities.toml`."""
    return {folded(name): code for code, names in city_file().electricity.items() for name in names}


def country_of(timezone: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of the country that a timezone lies in (CLDR)."""
    return get_global("zone_territories").get(timezone)


def containing(typed: str, known: Iterable[str], shortest: int) -> list[str]:
    """Return the known names that stand in what was typed as whole words, the longest first."""
    around = f" {folded(typed)} "
    found = (name for name in known if len(name) >= shortest and f" {name} " in around)
    return sorted(found, key=len, reverse=True)


def has_word(name: str, wanted: str) -> bool:
    """Tell whether a word of a folded name begins with what is wanted."""
    return f" {wanted}" in f" {name}"


def _timezones() -> Iterator[tuple[str, Iterable[str]]]:
    """Names and their timezones; the first one of a name counts."""
    yield from city_file().several.items()
    yield from ((city, (zone,)) for zone, cities in city_file().cities.items() for city in cities)
    yield from ((name.rpartition("/")[2], (name,)) for name in timezone_names())
    yield from ((name, (name,)) for name in timezone_names())
    by_country: Mapping[str, list[str]] = get_global("territory_zones")
    for language in LANGUAGES:
        locale = Locale.parse(language)
        cities = cast("Mapping[str, Mapping[str, str]]", locale.time_zones)
        countries = cast("Mapping[str, str]", locale.territories)
        yield from ((named["city"], (zone,)) for zone, named in cities.items() if named.get("city"))
        yield from ((name, by_country[code]) for code, name in countries.items() if code in by_country)
