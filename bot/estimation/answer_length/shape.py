"""What the shape of a text says: marks, blocks, scripts. Only its excerpt is looked at."""

import re
from math import log2

PRESENCES = (
    "fence", "ends_question", "ends_colon", "ends_open", "quote", "blank_line", "starts_lower", "link",
    "choices", "cyrillic", "chinese", "other_script",
)  # fmt: skip
"""Shapes that are there or not."""

ENDS = {"?": "ends_question", ":": "ends_colon"}
"""The shapes that a text's last mark gives it."""

NUMBERS = ("lines", "question_marks", "braces", "formulas", "list_marks", "last_block")
"""CountedMessage shapes: log2(1 + count); of the last block: log2(1 + characters) - 6."""

_FOREIGN = re.compile("[\u0370-\u1fff\u3040-\ud7af]")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_CHINESE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_FEW = 8
"""Characters of another script that may be quoted without the text being in it."""


def presences(part: str, stripped: str) -> list[str]:
    """The shapes that are there in an excerpt; `stripped` is without white space at its end."""
    found: list[str] = []
    if "```" in part:
        found.append("fence")
    if "http" in part:
        found.append("link")
    if '"' in part or "“" in part or "«" in part:
        found.append("quote")
    if "\n" in part:
        if "\n\n" in part:
            found.append("blank_line")
        if "\nB" in part or "\nb)" in part:
            found.append("choices")
    last = stripped[-1:]
    if last in ENDS:
        found.append(ENDS[last])
    elif last.isalnum():
        found.append("ends_open")
    if part[:1].islower():
        found.append("starts_lower")
    return found


def numbers(part: str, stripped: str) -> list[tuple[str, float]]:
    """The counted shapes that are there."""
    found: list[tuple[str, float]] = []
    if "\n" in part:
        found.append(("lines", log2(1 + part.count("\n"))))
        marks = part.count("\n-") + part.count("\n*") + part.count("\n1")
        if marks:
            found.append(("list_marks", log2(1 + marks)))
        if "\n\n" in stripped:
            found.append(("last_block", log2(1 + len(stripped) - stripped.rfind("\n\n")) - 6))
    if "?" in part:
        found.append(("question_marks", log2(1 + part.count("?"))))
    braces = part.count("{") + part.count(";") + part.count("=") + part.count("(")
    if braces:
        found.append(("braces", log2(1 + braces)))
    if "\\" in part or "$" in part or "^" in part:
        found.append(("formulas", log2(1 + part.count("\\") + part.count("$") + part.count("^"))))
    return found


def script(part: str) -> tuple[str, int]:
    """The other script a text is in, "" for Latin, and how many of its letters stand for words."""
    if part.isascii() or _is_western(part) or _FOREIGN.search(part) is None:
        return "", 0
    letters = len(_FOREIGN.findall(part))
    if letters <= _FEW:
        return "", 0
    if len(_CYRILLIC.findall(part)) * 2 > letters:
        return "cyrillic", 0
    chinese = len(_CHINESE.findall(part))
    return ("chinese", chinese) if chinese * 2 > letters else ("other_script", 0)


def _is_western(part: str) -> bool:
    """Tell at little cost what holds for most texts in English and French."""
    try:
        part.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return True
