"""One bounded splitting of a message into words, shared by everything that reads its text.

Only the first 1,500 and the last 500 characters are split, so the time is bounded for any length.
"""

import re
import unicodedata
from itertools import product

from bot.estimation.facts.fact import CONFIG_DIR, read

HEAD = 1500
TAIL = 500

DOUBLED = frozenset(read(CONFIG_DIR, "courtesy")["stretched"]["doubled"])
"""Words with a doubled letter, which stay so when that letter is written more often."""

MAX_RUNS = 4
"""Stretched letters of one word that are told one from two."""

_WORD = re.compile(r"[^\W_]+")
_DISCORD_TAG = re.compile(r"<(?:@[!&]?|#|a?:\w{1,32}:|t:|/[^<>]{1,99}:)\d{1,20}(?::\w)?>")
_RUN = re.compile(r"([^\W\d_])\1{2,}")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u3164\ufeff\uffa0]"
)
_STYLED = re.compile("[\u24b6-\u24e9\uff01-\uff5e\U0001d400-\U0001d7ff\U0001f130-\U0001f189]")


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

    Discord tags are left out, and what `composed` does is done. A letter written three times or more counts once,
    or twice where the word has it so ("merciii" is "merci", "cooool" is "cool").
    """
    lowered = strip_tags(excerpt(text)).lower()
    if not lowered.isascii():
        lowered = composed(lowered).lower()
    words = _WORD.findall(lowered)
    return list(map(_plain, words)) if _has_run(" ".join(words)) else words


def composed(text: str) -> str:
    """The text without invisible characters, accents on their letters, full-width and mathematical letters plain."""
    usual = text.replace("’", "")
    if "\u00ad" not in text and len(usual.encode("latin-1", "ignore")) == len(usual):
        return text
    text = _INVISIBLE.sub("", text)
    return unicodedata.normalize("NFKC" if _STYLED.search(text) else "NFC", text)


def unaccented(text: str) -> str:
    """The text with accents and cedillas taken off its letters."""
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _has_run(text: str) -> bool:
    """Tell whether a character comes three times in a row; beyond Latin-1 it may say so wrongly.

    Each byte is compared with the next by one operation on a large number: a tenth of a regular expression's time.
    """
    data = text.encode("latin-1", "replace")
    number = int.from_bytes(data, "little")
    return b"\0\0" in (number ^ number >> 8).to_bytes(len(data), "little")


def _plain(word: str) -> str:
    parts = _RUN.split(word)
    if 1 < len(parts) <= 2 * MAX_RUNS + 1:
        for times in product((1, 2), repeat=len(parts) // 2):
            plain = parts[0] + "".join(
                letter * count + rest for letter, count, rest in zip(parts[1::2], times, parts[2::2], strict=True)
            )
            if plain in DOUBLED:
                return plain
    return "".join(parts)
