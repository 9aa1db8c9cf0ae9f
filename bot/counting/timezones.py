"""Timezones as people look for them: by city."""

import difflib
from collections.abc import Sequence
from functools import cache
from zoneinfo import available_timezones

from bot.errors import UserError

REGIONS = ("Europe", "America", "Africa", "Asia", "Australia", "Pacific", "Atlantic", "Indian", "Antarctica")


@cache
def names() -> tuple[str, ...]:
    """Return the names of the timezones that are places, and UTC (IANA, as the system or tzdata has them)."""
    places = (name for name in available_timezones() if name.partition("/")[0] in REGIONS)
    return ("UTC", *sorted(places))


def search(query: str, usual: Sequence[str], limit: int = 25) -> list[str]:
    """Return timezones whose name holds the query, the usual ones' parts of the world first."""
    wanted = _folded(query)
    regions = list(dict.fromkeys([*(_region(name) for name in usual), *REGIONS]))
    first = [name for name in usual if not wanted and name in names()]
    found = (name for name in names() if wanted in _folded(name) and name not in first)
    return [*first, *sorted(found, key=lambda name: _rank(name, wanted, regions))][:limit]


def find(wanted: str) -> str:
    """Return the timezone of that name or city, capitals apart; `UserError` with near ones otherwise."""
    key = _folded(wanted)
    for name in names():
        if key in (_folded(name), _city(name)):
            return name
    cities = {_city(name): name for name in names()}
    near = [cities[city] for city in difflib.get_close_matches(key.rpartition("/")[2], cities, n=3, cutoff=0.6)]
    raise UserError(
        "error.unknown_timezone", timezone=wanted.strip()[:40], nearest=", ".join(near) or "Europe/Paris, UTC"
    )


def _region(name: str) -> str:
    return name.partition("/")[0]


def _rank(name: str, wanted: str, regions: Sequence[str]) -> tuple[bool, bool, int, str]:
    region = _region(name)
    order = regions.index(region) if region in regions else len(regions)
    return _city(name) != wanted, not _city(name).startswith(wanted), order, name


def _city(name: str) -> str:
    return _folded(name).rpartition("/")[2]


def _folded(text: str) -> str:
    return text.strip().casefold().replace("_", " ")
