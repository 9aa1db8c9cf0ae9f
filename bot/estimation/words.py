"""One bounded splitting of a message into words, shared by everything that reads its text.

Only the first 1,500 and the last 500 characters are split, so the time is bounded for any length.
"""

import re
import unicodedata
from collections.abc import Set
from itertools import product
from pathlib import Path

from bot.errors import ConfigError
from bot.estimation.facts.fact import read

HEAD = 1500
TAIL = 500

MAX_RUNS = 4
"""Stretched letters of one word that are told one from two."""

NO_WORDS: frozenset[str] = frozenset()

_WORD = re.compile(r"[^\W_]+")
_DISCORD_TAG = re.compile(r"<(?:@[!&]?|#|a?:\w{1,32}:|t:|/[^<>]{1,99}:)\d{1,20}(?::\w)?>")
_RUN = re.compile(r"([^\W\d_])\1{2,}")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u3164\ufeff\uffa0]"
)
_STYLED = re.compile("[\u24b6-\u24e9\uff01-\uff5e\U0001d400-\U0001d7ff\U0001f130-\U0001f189]")

_SOFT_HYPHEN = b"\xad"


def _lowered_words(encoding: str) -> bytes:
    """What to make of each byte: letters lower-case, digits as they are, a blank of all else."""
    characters = [bytes([byte]).decode(encoding, "replace") for byte in range(256)]
    return b"".join(char.lower().encode(encoding) if _WORD.match(char) else b" " for char in characters)


_WESTERN = [(encoding, _lowered_words(encoding)) for encoding in ("latin-1", "cp1252")]
"""Encodings in which texts of English and French can nearly always be written, the quicker one first."""


def doubled_letters(config_dir: Path) -> frozenset[str]:
    """Return the words of `courtesy.toml` with a doubled letter, which stay so when it is written more often."""
    try:
        return frozenset(read(config_dir, "courtesy")["stretched"]["doubled"])
    except KeyError as missing:
        raise ConfigError("courtesy.toml", f"no {missing.args[0]}") from missing


def excerpt(text: str) -> str:
    """The part of a text that is read: all of it up to 2,000 characters, else its head and its tail."""
    if len(text) <= HEAD + TAIL:
        return text
    return f"{text[:HEAD]}\n{text[-TAIL:]}"


def strip_tags(text: str) -> str:
    """The text without Discord's own markup for mentions, custom emoji, times and commands."""
    return _DISCORD_TAG.sub(" ", text) if "<" in text else text


def split(text: str, doubled: Set[str] = NO_WORDS) -> list[str]:
    """Lower-case words of the excerpt, cut at apostrophes and hyphens: "s'il" is two, "200" is one.

    Discord tags are left out, and what `composed` does is done. A letter written three times or more counts once,
    or twice where `doubled` has the word so ("merciii" is "merci", "cooool" is "cool").
    """
    part = strip_tags(excerpt(text))
    for encoding, lowered_words in _WESTERN:
        data = part.encode(encoding, "ignore")
        if len(data) == len(part):
            data = data.translate(lowered_words, _SOFT_HYPHEN)
            words = data.decode(encoding).split()
            return _without_runs(words, doubled) if _has_run(data) else words
    return _without_runs(_WORD.findall(composed(part.lower()).lower()), doubled)


def composed(text: str) -> str:
    """The text without invisible characters, accents on their letters, full-width and mathematical letters plain."""
    usual = text.replace("’", "").replace("œ", "")
    if "\u00ad" not in text and len(usual.encode("latin-1", "ignore")) == len(usual):
        return text
    text = _INVISIBLE.sub("", text)
    return unicodedata.normalize("NFKC" if _STYLED.search(text) else "NFC", text)


def unaccented(text: str) -> str:
    """The text with accents and cedillas taken off its letters."""
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _without_runs(words: list[str], doubled: Set[str]) -> list[str]:
    if not _has_run(" ".join(words).encode("latin-1", "replace")):
        return words
    return [_plain(word, doubled) for word in words]


def _has_run(data: bytes) -> bool:
    """Tell whether a byte comes three times in a row.

    Each is compared with the next by one operation on a large number: a tenth of a regular expression's time.
    """
    number = int.from_bytes(data, "little")
    return b"\0\0" in (number ^ number >> 8).to_bytes(len(data), "little")


def _plain(word: str, doubled: Set[str]) -> str:
    parts = _RUN.split(word)
    if 1 < len(parts) <= 2 * MAX_RUNS + 1:
        for times in product((1, 2), repeat=len(parts) // 2):
            plain = parts[0] + "".join(
                letter * count + rest for letter, count, rest in zip(parts[1::2], times, parts[2::2], strict=True)
            )
            if plain in doubled:
                return plain
    return "".join(parts)
