"""Timezones as people look for them: by city."""

import difflib
from collections.abc import Sequence
from functools import cache
from zoneinfo import available_timezones

from bot.errors import UserError
from bot.estimation.facts.fact import CONFIG_DIR, Strings, Table, load
from bot.estimation.words import unaccented

MAX_TYPED = 100
"""Characters of what somebody typed that are looked at."""

SHORTEST, SIMILAR = 3, 0.75
"""Letters from which on a city is looked for, and how much alike two names must be for one to be meant."""

REGIONS = ("Europe", "America", "Africa", "Asia", "Australia", "Pacific", "Atlantic", "Indian", "Antarctica")


class CityFile(Table):
    """`cities.toml`: cities by their timezone."""

    cities: dict[str, Strings]


@cache
def cities() -> dict[str, str]:
    """Return the timezones of cities that have none of their name (`config/cities.toml`)."""
    known = load(CONFIG_DIR, "cities", CityFile).cities
    return {_folded(city): zone for zone, named in known.items() for city in named}


@cache
def names() -> tuple[str, ...]:
    """Return the names of the timezones that are places, and UTC (IANA, as the system or tzdata has them)."""
    places = (name for name in available_timezones() if name.partition("/")[0] in REGIONS)
    return ("UTC", *sorted(places))


def search(query: str, usual: Sequence[str], limit: int = 25) -> list[str]:
    """Return timezones whose name holds the query, the usual ones' parts of the world first."""
    wanted = _folded(query)
    meant = [zone for city, zone in cities().items() if len(wanted) >= SHORTEST and city.startswith(wanted)]
    regions = list(dict.fromkeys([*(_region(name) for name in usual), *REGIONS]))
    first = [name for name in usual if not wanted and name in names()]
    found = (name for name in names() if wanted in _folded(name) and name not in first)
    named = sorted(found, key=lambda name: _rank(name, wanted, regions))
    return list(dict.fromkeys([*first, *meant, *named]))[:limit] or near(query)


def find(wanted: str) -> str:
    """Return the timezone of that name or city, capitals apart; `UserError` with near ones otherwise."""
    key = _folded(wanted)
    for name in names():
        if key in (_folded(name), _city(name)):
            return name
    if key in cities():
        return cities()[key]
    found, typed = near(wanted), wanted.strip()[:40]
    if found:
        raise UserError("error.unknown_timezone", timezone=typed, nearest=", ".join(found))
    raise UserError("error.no_such_timezone", timezone=typed)


def near(wanted: str) -> list[str]:
    """Return the timezones of cities that are written almost so; none where nothing is meant."""
    key = _folded(wanted).rpartition("/")[2]
    known = cities() | {_city(name): name for name in names()}
    found = difflib.get_close_matches(key, known, n=3, cutoff=SIMILAR)
    return list(dict.fromkeys(known[city] for city in found))


def _region(name: str) -> str:
    return name.partition("/")[0]


def _rank(name: str, wanted: str, regions: Sequence[str]) -> tuple[bool, bool, int, str]:
    region = _region(name)
    order = regions.index(region) if region in regions else len(regions)
    return _city(name) != wanted, not _city(name).startswith(wanted), order, name


def _city(name: str) -> str:
    return _folded(name).rpartition("/")[2]


def _folded(text: str) -> str:
    return unaccented(text.strip()[:MAX_TYPED].casefold().replace("_", " "))
