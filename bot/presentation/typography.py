"""Spaces as they are printed: the one place where they are put in, so that catalogues are typed as one types."""

import re
from collections.abc import Iterable

NARROW, NO_BREAK = "\u202f", "\u00a0"

_PUNCTUATION = re.compile(r"(?<=\S)[ \u00a0](?=[:;!?»](?:[\s)*_.,…»]|$))")
_OPENING = re.compile(r"«[ \u00a0]")
_UNITS = "%|€|\\$|s|h|min|g|kg|t|Wh|kWh|MWh|GWh|TWh|mL|L|m³|MJ|MW|W|GPU|USD"
_UNIT = re.compile(rf"(?<=[\d}}]) (?=(?:{_UNITS})(?![\w’'-]))")


def printed(sentence: str, language: str) -> str:
    """Return a sentence, its places still to be filled, with numbers bound to their units.

    French has narrow no-break spaces before `: ; ! ?` and inside its quotation marks.
    """
    sentence = _UNIT.sub(NO_BREAK, sentence)
    if language != "fr":
        return sentence
    return _OPENING.sub(f"«{NARROW}", _PUNCTUATION.sub(NARROW, sentence))


def listed(parts: Iterable[str], language: str) -> str:
    """Return parts in a row with semicolons between them, as the language prints them."""
    return (f"{NARROW}; " if language == "fr" else "; ").join(parts)
