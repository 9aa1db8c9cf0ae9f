"""Electricity zones by the names that people give them."""

import difflib
import unicodedata
from collections.abc import Sequence

from babel.core import get_global

from bot.presentation.translator import Translator

FIRST = ("FRA", "BEL", "CHE", "CAN", "LUX", "GBR", "USA", "SWE", "DEU", "WOR", "EEE")
"""Offered before the others while nothing was typed."""

SIMILAR = 0.8
"""How much alike two names must be for one to be meant."""

MAX_TYPED = 100
"""Characters of what somebody typed that are looked at."""


def name(code: str, t: Translator) -> str:
    """Return the zone's name in the language: "France", "Monde"; the code where there is no name."""
    if code in ("WOR", "EEE"):
        return t(f"zone.{code}")
    return t.locale.territories.get(_alpha2(code), code)


def search(codes: Sequence[str], query: str, t: Translator, limit: int = 25) -> list[tuple[str, str]]:
    """Return (code, name) of the zones whose name or code holds the query, accents apart."""
    wanted = _folded(query)
    if not wanted:
        first = [code for code in FIRST if code in codes]
        return [(code, name(code, t)) for code in (first + [c for c in codes if c not in first])[:limit]]
    named = [(code, name(code, t)) for code in codes]
    found = [(code, title) for code, title in named if wanted in _folded(title) or wanted in _folded(code)]
    if not found:
        return [(code, name(code, t)) for code in _near(codes, wanted, t)]
    return sorted(found, key=lambda pair: _rank(pair, wanted))[:limit]


def code_of(text: str, codes: Sequence[str], t: Translator) -> str:
    """Return the code that a typed name or code stands for; the text itself when it is none of ours."""
    wanted = _folded(text)
    for code in codes:
        if wanted in (_folded(code), _folded(name(code, t))):
            return code
    meant = _near(codes, wanted, t)
    return meant[0] if meant else text


def _near(codes: Sequence[str], wanted: str, t: Translator) -> list[str]:
    """Return the zones whose name is written almost so: "Frnace" means France."""
    named = {_folded(name(code, t)): code for code in codes}
    return [named[one] for one in difflib.get_close_matches(wanted, named, n=3, cutoff=SIMILAR)]


def _rank(pair: tuple[str, str], wanted: str) -> tuple[bool, bool, str]:
    code, title = _folded(pair[0]), _folded(pair[1])
    return wanted not in (code, title), not title.startswith(wanted), title


def _alpha2(code: str) -> str:
    return next(iter(get_global("territory_aliases").get(code) or [code]))


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.strip()[:MAX_TYPED].casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))
