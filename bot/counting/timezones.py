"""Timezones as people look for them: by city."""

import difflib
from functools import cache
from zoneinfo import available_timezones

from bot.errors import UserError

REGIONS = {
    "fr": ("Europe", "America", "Africa", "Indian", "Pacific", "Asia", "Atlantic", "Australia", "Antarctica"),
    "en": ("America", "Europe", "Asia", "Africa", "Australia", "Pacific", "Atlantic", "Indian", "Antarctica"),
}
FIRST = {
    "fr": (
        "Europe/Paris",
        "Europe/Brussels",
        "Europe/Zurich",
        "Europe/Luxembourg",
        "America/Toronto",
        "America/Martinique",
        "America/Cayenne",
        "Indian/Reunion",
        "Pacific/Noumea",
        "Africa/Dakar",
        "Africa/Abidjan",
        "UTC",
    ),
    "en": ("UTC", "Europe/London", "America/New_York", "America/Chicago", "America/Los_Angeles", "Europe/Paris"),
}
"""Offered before the others while nothing was typed."""


@cache
def names() -> tuple[str, ...]:
    """Return the names of the timezones that are places, and UTC (IANA, as the system or tzdata has them)."""
    places = (name for name in available_timezones() if name.partition("/")[0] in REGIONS["fr"])
    return ("UTC", *sorted(places))


def search(query: str, language: str, limit: int = 25) -> list[str]:
    """Return timezones whose name holds the query, the language's part of the world first."""
    wanted = _folded(query)
    if not wanted:
        first = [name for name in FIRST[language] if name in names()]
        rest = sorted((name for name in names() if name not in first), key=lambda name: _rank(name, "", language))
        return (first + rest)[:limit]
    found = (name for name in names() if wanted in _folded(name))
    return sorted(found, key=lambda name: _rank(name, wanted, language))[:limit]


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


def _rank(name: str, wanted: str, language: str) -> tuple[bool, bool, int, str]:
    region = name.partition("/")[0]
    order = REGIONS[language].index(region) if region in REGIONS[language] else len(REGIONS[language])
    return _city(name) != wanted, not _city(name).startswith(wanted), order, name


def _city(name: str) -> str:
    return _folded(name).rpartition("/")[2]


def _folded(text: str) -> str:
    return text.strip().casefold().replace("_", " ")
