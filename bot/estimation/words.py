"""One bounded splitting of a message into words, shared by everything that reads its text.

Only the first 1,500 and the last 500 characters are split, so the time is bounded for any length.
"""

import re
import unicodedata

HEAD = 1500
TAIL = 500

_WORD = re.compile(r"[^\W_]+")
_DISCORD_TAG = re.compile(r"<(?:@[!&]?|#|a?:\w{1,32}:|t:|/[^<>]{1,99}:)\d{1,20}(?::\w)?>")
_RUN = re.compile(r"([^\W\d_])\1{2,}")


def excerpt(text: str) -> str:
    """The part of a text that is read: all of it up to 2,000 characters, else its head and its tail."""
    if len(text) <= HEAD + TAIL:
        return text
    return f"{text[:HEAD]}\n{text[-TAIL:]}"


def strip_tags(text: str) -> str:
    """The text without Discord's own markup for mentions, custom emoji, times and commands."""
    return _DISCORD_TAG.sub(" ", text) if "<" in text else text


def split(text: str) -> list[str]:
    """Lower-case words of the excerpt, cut at apostrophes and hyphens: "s'il" is two, "200" is one.

    Discord tags are left out. A letter written three times or more counts once ("merciii" is "merci").
    """
    lowered = strip_tags(excerpt(text)).lower()
    if not lowered.isascii():
        lowered = unicodedata.normalize("NFC", lowered)
    if (
        "iii" in lowered
        or "aaa" in lowered
        or "eee" in lowered
        or "ppp" in lowered
        or "sss" in lowered
        or "xxx" in lowered
        or "yyy" in lowered
        or "zzz" in lowered
    ):
        lowered = _RUN.sub(r"\1", lowered)
    return _WORD.findall(lowered)


def unaccented(text: str) -> str:
    """The text with accents and cedillas taken off its letters."""
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))
