"""What the command line prints: readable on consoles that don't speak UTF-8, and free of what drives a terminal.

A model's name, a server's or a text may hold characters that move the cursor, hide what follows or turn its
direction: they are printed as escapes.
"""

import codecs
import io
import json
import re
import sys
import unicodedata
from typing import Any, TextIO

NEAREST = "empreinte.nearest"

LOOKALIKES = {
    "‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "·": "-", "≈": "~", "→": "->",
    "✓": "v", "✗": "x", "×": "x", "≤": "<=", "≥": ">=", "«": '"', "»": '"',
}  # fmt: skip

UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
"""Control characters but tab and line feed, marks of direction, line separators, halves of characters."""


def set_up() -> None:
    """Let both outputs replace what their encoding hasn't by what comes nearest, instead of failing."""
    codecs.register_error(NEAREST, nearest)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=NEAREST)


def say(text: str, stream: TextIO | None = None) -> None:
    """Print a text for people."""
    print(escape(text), file=stream or sys.stdout, flush=True)


def say_json(value: Any, *, indent: int | None = 2) -> None:
    """Print JSON. It holds the same whatever the encoding is: JSON has escapes of its own."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    if not _fits(text):
        text = json.dumps(value, indent=indent, allow_nan=False)
    print(escape_json(text), flush=True)


def escape_json(text: str) -> str:
    """Return JSON that holds the same, with its own escapes for all that drives a terminal."""
    return UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def escape(text: str) -> str:
    """Return a text with escapes for all that drives a terminal; lines and tabs stay."""
    return UNSAFE.sub(lambda found: _escaped(found[0]), text)


def nearest(error: UnicodeError) -> tuple[str, int]:
    """Replace characters that an encoding hasn't: by their like, by what they are made of, or by "?"."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    found = "".join(_nearest(character) for character in error.object[error.start : error.end])
    return found, error.end


def _nearest(character: str) -> str:
    if "\ud800" <= character <= "\udfff":
        return _escaped(character)
    plain = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
    return LOOKALIKES.get(character) or plain or ("" if unicodedata.combining(character) else "?")


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


def _fits(text: str) -> bool:
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except (LookupError, UnicodeEncodeError):
        return False
    return True
