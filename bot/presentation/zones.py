"""Electricity zones by the names that people give them: countries, their codes, cities in them."""

import difflib
from collections.abc import Sequence
from functools import cache, lru_cache

from babel.core import Locale, get_global

from bot.estimation.facts import places
from bot.estimation.facts.places import folded
from bot.presentation.translator import Translator

FIRST = ("FRA", "BEL", "CHE", "CAN", "LUX", "GBR", "USA", "SWE", "DEU", "WOR", "EEE")
"""Offered before the others while nothing was typed."""

SIMILAR = 0.8
"""How much alike two names must be for one to be meant."""

SHORTEST = 4
"""Letters from which on a name is looked for in what was typed."""


def name(code: str, t: Translator) -> str:
    """Return the zone's name in the language: "France", "Monde"; the code where there is no name."""
    if code in ("WOR", "EEE"):
        return t(f"zone.{code}")
    return t.locale.territories.get(_alpha2(code), code)


def search(codes: Sequence[str], query: str, t: Translator, limit: int = 25) -> list[tuple[str, str]]:
    """Return (code, name) of the zones that a query may mean, those of that very name or code first."""
    wanted = folded(query)
    if not query.strip():
        found = [*(code for code in FIRST if code in codes), *codes]
    else:
        found = _begun(codes, wanted, t) or _near(codes, query, t)
    return [(code, name(code, t)) for code in dict.fromkeys(found)][:limit]


def code_of(text: str, codes: Sequence[str], t: Translator) -> str:
    """Return the code that a typed name or code stands for; the text itself when it is none of ours."""
    known, wanted = _known(t, tuple(codes)), folded(text)
    if wanted in known:
        return known[wanted]
    meant = _begun(codes, wanted, t) if len(wanted) >= SHORTEST else []
    meant = meant if len(meant) == 1 else _near(codes, text, t)
    return meant[0] if meant else text


def _begun(codes: Sequence[str], wanted: str, t: Translator) -> list[str]:
    """Return the zones of which a name has a word that begins so; the one of that very name first."""
    if not wanted:
        return []
    known = _known(t, tuple(codes))
    found = sorted((one for one in known if places.has_word(one, wanted)), key=lambda one: _rank(one, wanted))
    return list(dict.fromkeys(known[one] for one in found))


def _near(codes: Sequence[str], text: str, t: Translator) -> list[str]:
    """Return the zones whose name is in what was typed or written almost so ("Frnace"), or of a city ("Paris")."""
    known = _known(t, tuple(codes))
    names = places.containing(text, known, SHORTEST)[:1]
    if names or (city := _of_city(text, codes)) is None:
        names = names or difflib.get_close_matches(folded(text), known, n=3, cutoff=SIMILAR)
        return list(dict.fromkeys(known[one] for one in names))
    return [city]


def _of_city(text: str, codes: Sequence[str]) -> str | None:
    """Return the zone of the country in which a city lies."""
    zones = places.timezones().get(folded(text), ())
    alpha2 = places.country_of(zones[0]) if len(zones) == 1 else None
    return next((code for code in codes if alpha2 and _alpha2(code) == alpha2), None)


@lru_cache(maxsize=16)
def _known(t: Translator, codes: tuple[str, ...]) -> dict[str, str]:
    """Return codes by all that they are called: in the reader's language first, then in others, then by their codes."""
    spoken = [t.locale, *map(Locale.parse, places.LANGUAGES)]
    named = {folded(name(code, t)): code for code in reversed(codes)}
    for locale in spoken:
        named = {folded(locale.territories.get(_alpha2(code), code)): code for code in codes} | named
    given = {called: code for called, code in places.electricity().items() if code in codes}
    coded = {folded(key): code for code in codes for key in (_alpha2(code), code)}
    return coded | named | given


def _rank(called: str, wanted: str) -> tuple[bool, bool, str]:
    return called != wanted, not called.startswith(wanted), called


@cache
def _alpha2(code: str) -> str:
    return next(iter(get_global("territory_aliases").get(code) or [code]))
