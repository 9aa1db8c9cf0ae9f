"""Timezones as people look for them: by city, country, abbreviation or distance from UTC."""

import difflib
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import zip_longest
from zoneinfo import ZoneInfo

from bot.errors import UserError
from bot.estimation.facts.places import REGIONS, containing, folded, has_word, timezone_names, timezones, well_known

SHORTEST, SIMILAR = 3, 0.78
"""Letters from which on a name is looked for in what was typed, and how much alike two must be for one to be meant."""

MAX_NEAR = 3

OFFSET = re.compile(r"(?:utc|gmt)?\s*([+\-−–])\s*(\d{1,2})(?::?([0-5]\d))?", re.IGNORECASE)
HALF_A_YEAR = timedelta(days=182)
"""Between them summer and winter time are both seen."""


def search(query: str, usual: Sequence[str], limit: int = 25) -> list[str]:
    """Return timezones that a query may mean, those of that very name first; the usual ones while it is empty."""
    if of_offset := _of_offset(query, usual):
        return of_offset[:limit]
    wanted, places, names = folded(query), timezones(), _folded_names()
    if not wanted:
        first = [name for name in usual if name in names]
        return list(dict.fromkeys([*first, *_ordered(names, "", usual)]))[:limit] if not query.strip() else []
    begun = [zone for place, zones in places.items() if place.startswith(wanted) for zone in zones]
    named = _ordered([name for name, key in names.items() if has_word(key, wanted)], wanted, usual)
    return list(dict.fromkeys([*places.get(wanted, ()), *begun, *named]))[:limit] or near(query)


def find(wanted: str) -> str:
    """Return the timezone of that name, city or country; `UserError` with near ones otherwise."""
    meant = _of_offset(wanted, ()) or timezones().get(folded(wanted), ())
    if len(meant) == 1:
        return meant[0]
    found, typed = near(wanted), wanted.strip()[:40]
    if found:
        raise UserError("error.unknown_timezone", timezone=typed, nearest=", ".join(found))
    raise UserError("error.no_such_timezone", timezone=typed)


def near(wanted: str) -> list[str]:
    """Return the few timezones that are meant by a name of several, written almost so; none where nothing is meant."""
    if of_offset := _of_offset(wanted, ()):
        return of_offset[:MAX_NEAR]
    city = wanted.rpartition("/")[2]
    places, key = timezones(), folded(city)
    names = [key] if key in places else containing(city, places, SHORTEST + 1)[:1]
    names = names or difflib.get_close_matches(key, places, n=MAX_NEAR, cutoff=SIMILAR)
    return list(dict.fromkeys(zone for name in names for zone in places[name]))[:MAX_NEAR]


def _of_offset(typed: str, usual: Sequence[str]) -> list[str]:
    """Return well-known timezones that far from UTC ("UTC+2"), today or half a year later, in turns; else none."""
    found = OFFSET.fullmatch(typed.strip())
    if not found:
        return []
    sign, hours, minutes = found.groups()
    offset = timedelta(hours=int(hours), minutes=int(minutes or 0)) * (1 if sign == "+" else -1)
    if not offset:
        return ["UTC"]
    now = datetime.now(UTC)
    first, then = (_at(offset, when, [*usual, *well_known()]) for when in (now, now + HALF_A_YEAR))
    turns = (name for pair in zip_longest(first, then) for name in pair if name)
    return list(dict.fromkeys(turns))


def _at(offset: timedelta, when: datetime, names: Sequence[str]) -> list[str]:
    known = frozenset(timezone_names())
    return [name for name in names if name in known and when.astimezone(ZoneInfo(name)).utcoffset() == offset]


@cache
def _folded_names() -> dict[str, str]:
    return {name: folded(name) for name in timezone_names()}


def _ordered(names: Iterable[str], wanted: str, usual: Sequence[str]) -> list[str]:
    """Return names whose city is the one wanted first, then those of the usual parts of the world."""
    regions = list(dict.fromkeys([*(_region(name) for name in usual), *REGIONS, "UTC"]))
    keys = _folded_names()

    def rank(name: str) -> tuple[bool, bool, int, str]:
        region = _region(name)
        city = keys[name].removeprefix(f"{region.casefold()} ")
        order = regions.index(region)
        return city != wanted, not city.startswith(wanted), order, name

    return sorted(names, key=rank)


def _region(name: str) -> str:
    return name.partition("/")[0]
