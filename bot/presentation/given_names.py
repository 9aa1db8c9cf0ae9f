"""Names that people gave: members, channels, servers. They may hold anything, and change nothing around them.

What can't be seen is dropped, letters bear few marks, and a name that is read from right to left is isolated, so that
the figures beside it stay where they are (Unicode Standard Annex #9, isolates).
"""

import re
import unicodedata
from collections.abc import Iterator

from bot.presentation.translator import MARKS

MAX_NAME = 40
"""Characters of a name that are shown."""

MAX_READ = 400
"""Characters of a name that are looked at; Discord's are shorter."""

MAX_MARKS = 2
"""Accents and the like on one letter: Vietnamese needs two."""

FIRST_STRONG, POP = "\u2068", "\u2069"
"""They isolate what is between them, in the direction of its own first letter."""

RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
MARKS_ON_LETTERS = frozenset({"Mn", "Me"})
HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
BLANK = re.compile("[\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]")
"""Characters that are letters or signs by their category and look like nothing."""

_EMOJI = "[\u2190-\u27bf\U0001f000-\U0001faff\ufe0f]"
_JOINER = re.compile(f"(?<={_EMOJI})\u200d(?={_EMOJI})")
_LINK = re.compile(r"(?<=\w)(?=://)")


def shown(name: str) -> str:
    """Return a name for Discord's Markdown; "" where nothing of it can be seen."""
    return isolated(_LINK.sub(r"\\", MARKS.sub(r"\\\g<0>", _visible(name))))


def plain(name: str, longest: int = MAX_NAME) -> str:
    """Return a name for where marks mean nothing: a picture's description, a button, a form, a file."""
    visible = _visible(name, MAX_READ)
    return isolated(visible if len(visible) <= longest else f"{visible[: longest - 1].rstrip()}…")


def around(mention: str) -> str:
    """Return a mention so that the name which Discord puts there, unknown to us, doesn't turn what follows."""
    return f"{FIRST_STRONG}{mention}{POP}"


def isolated(text: str) -> str:
    """Return a text that doesn't turn what follows it."""
    return around(text) if any(unicodedata.bidirectional(char) in RIGHT_TO_LEFT for char in text) else text


def _visible(name: str, longest: int = MAX_NAME) -> str:
    """Return what of a name can be seen, on one line."""
    whole = unicodedata.normalize("NFC", BLANK.sub(" ", name[:MAX_READ]))
    parts = ("".join(_letters(part)) for part in _JOINER.split(whole))
    return " ".join("\u200d".join(parts)[:longest].split())


def _letters(text: str) -> Iterator[str]:
    marks = 0
    for char in text:
        category = unicodedata.category(char)
        marks = marks + 1 if category in MARKS_ON_LETTERS else 0
        if char.isspace():
            yield " "
        elif category not in HIDDEN and marks <= MAX_MARKS:
            yield char
