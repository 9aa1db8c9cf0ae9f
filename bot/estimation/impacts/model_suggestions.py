"""What somebody may have meant by a name that is no model's: a slip of the keyboard, or another of its family."""

import difflib
import re
from collections.abc import Iterable, Mapping

from bot.estimation.impacts.model import Model
from bot.estimation.impacts.model_names import fold

TYPING_SLIP = 0.84
"""How alike a name must be to one that is known to be taken for a slip of the keyboard."""

MAX_OFFERED = 4

FAMILY = re.compile(r"[^\W\d_]{3,}")
DIGIT = re.compile(r"\d")
VERSION = re.compile(r"\d+(?:\.\d+)?(?![\d.]|b\b)")
"""The number of a version, not a size: "GPT-5.5", not "120b"."""


def slips(wanted: str, named: Mapping[str, Model]) -> list[Model]:
    """Return the models whose folded name is nearly what was typed, the most alike first; no digit is a slip."""
    folded = fold(wanted)
    alike = [name for name in named if DIGIT.findall(name) == DIGIT.findall(folded)]
    close = difflib.get_close_matches(folded, alike, n=MAX_OFFERED, cutoff=TYPING_SLIP)
    return list(dict.fromkeys(named[name] for name in close))


def family(wanted: str, featured: Iterable[Model]) -> list[Model]:
    """Return the featured models of the family that the name begins with, the highest version first."""
    named = FAMILY.match(wanted.strip().lower().rpartition("/")[2])
    if named is None:
        return []
    return sorted((one for one in featured if named[0] in fold(one.title)), key=_version, reverse=True)[:MAX_OFFERED]


def _version(model: Model) -> float:
    found = VERSION.search(model.title)
    return float(found[0]) if found else 0.0
