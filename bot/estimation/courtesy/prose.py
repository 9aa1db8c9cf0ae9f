"""What a person says in a message in their own words: no code, links, quotes, file names, handles.

Looked at only where there may be courtesy: it takes some ten microseconds.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from bot.estimation.courtesy.spelling import Spelling
from bot.estimation.words import composed, excerpt, strip_tags, unaccented

THING = "\ufffc"
"""Stands among the words for code, a link, a file or a quotation."""

KEPT_WORDS = 4096
"""Words whose plain spelling is kept at hand."""

SENTENCE = ".!?…;\n"
CLAUSE = SENTENCE + ",:()"
"""Marks that end a sentence, and those that end a clause."""

_FENCE = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_CODE = re.compile(r"``[^`]+``|`[^`\n]+`")
_QUOTED_LINE = re.compile(r"^[ \t]*>(?!>> )[^\n]*$", re.MULTILINE)
_QUOTED_REST = re.compile(r"^[ \t]*>>> .*", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"<?\b(?:[a-z][a-z0-9+.\-]{1,15}://|www\.)\S+|\b[\w.+\-]{1,64}@[\w\-]{1,63}\.[\w.\-]{2,63}", re.I)
_NAMED_LINK = re.compile(r"\[[^\[\]\n]*\]\([^()\s]*\)")
_HANDLE = re.compile(
    r"(?<![\w@])@[\w.\-]{1,40}"  # @merci_bot
    r"|\b[\w.]{2,32}#\d{4}\b"  # Thanks#1234
    r"|(?<![\w/])[ur]/[\w\-]{2,32}"  # u/please
    r"|:\w{2,32}:"  # :thanks:
)
_EMOTICON = re.compile(r"(?<!\w)[:;=][-'^]?[()DPpOo03*/|$]+(?!\w)|<3+|\^\^|\bo/(?!\w)")
_COMMAND = re.compile(r"(?<!\S)(?:[/!#$?%]|--)[a-zA-Z]\w*|</?[a-zA-Z][^<>\n]*>")
"""A command, a variable, an option, a tag: /merci, !thanks, $please, --please, <merci/>."""
_IDENTIFIER = re.compile(
    r"\b[^\W_]+(?:_+[^\W_]+)+"  # thank_you_page
    r"|\b[^\W\d_]\w{0,60}(?:\.[a-z]\w{0,60}){0,4}\(\)"  # please()
)
_CAMEL_CASE = re.compile(r"\b[a-z]{2,}[A-Z]\w*")
_TITLES = ("Dr", "Mr", "Mrs", "Ms", "Mme", "Mlle", "M", "Prof")
_TITLE = re.compile(rf"\b({'|'.join(_TITLES)})\.")
_ABBREVIATED = tuple(f"{title}." for title in _TITLES)
_QUOTATION = re.compile(r"«[^«»]*»|“[^“”]*”|„[^„“”]*[“”]|\"[^\"\n]+\"|(?<!\w)'[^'\n]+'(?!\w)|(?<!\w)‘[^‘’\n]+’(?!\w)")
_WORD = re.compile(r"([^\W_]+|\ufffc)")

# quick looks that spare most messages the rules above, each of which costs five to fifteen microseconds
_MAYBE_COMMAND = re.compile(r"[/!#$?%<][a-zA-Z/]|--")
_MAYBE_CAMEL_CASE = re.compile(r"[a-z][A-Z]")
_MAYBE_FILE = re.compile(r"\.[^\W_]")
_MAYBE_QUOTATION = re.compile(r"[«“„\"‘]|(?<!\w)'")


class Prose(NamedTuple):
    """Words as written and as compared (lower-case, no accents), and what stands before each and after the last."""

    raws: list[str]
    keys: list[str]
    gaps: list[str]

    def between(self, at: int, marks: str) -> bool:
        """Tell whether one of the marks, or the text's edge, is before word `at`."""
        if not 0 < at < len(self.keys):
            return True
        gap = self.gaps[at]
        return gap != " " and any(map(marks.__contains__, gap))


class ProseReader:
    """Takes the prose out of a message."""

    def __init__(self, endings: Iterable[str], laughs: Iterable[str], spelling: Spelling) -> None:
        names = "|".join(sorted(map(re.escape, endings), key=len, reverse=True))
        self._file = re.compile(
            rf"(?<![\w\-/\\~.])[\w\-/\\~.]{{0,80}}[\w\-]\.(?i:{names})\b(?![\w'])|\B\.(?i:{names})\b"
        )
        self._laughs = tuple(laughs)

        def key(raw: str) -> str:
            return spelling.plain(unaccented(raw.lower()))

        self._key = lru_cache(KEPT_WORDS)(key)

    def read(self, text: str) -> Prose:
        """Return the prose of the text's excerpt."""
        kept = self.visible(text)
        parts = _WORD.split(kept)
        raws = parts[1::2]
        return Prose(raws, self.keys(raws), parts[::2])

    def keys(self, raws: Iterable[str]) -> list[str]:
        """Return words as they are compared."""
        return list(map(self._key, raws))

    def visible(self, text: str) -> str:
        """Return the text with `THING` in the place of what isn't prose, and without mentions and emoticons."""
        thing = f" {THING} "
        kept = composed(excerpt(text))
        if "`" in kept:
            kept = _CODE.sub(thing, _FENCE.sub(thing, kept))
        if ">" in kept:
            kept = _QUOTED_LINE.sub("", _QUOTED_REST.sub("", kept))
        kept = strip_tags(kept)
        if "@" in kept or "www." in kept or "://" in kept:
            kept = _LINK.sub(self._link, _NAMED_LINK.sub(thing, kept))
        if _has(kept, "@#/:;=<^"):
            kept = _EMOTICON.sub(" ", _HANDLE.sub(" ", kept))
        if _has(kept, "!?/-$#%<") and _MAYBE_COMMAND.search(kept):
            kept = _COMMAND.sub(thing, kept)
        if "_" in kept or "()" in kept:
            kept = _IDENTIFIER.sub(thing, kept)
        if not kept[1:].islower() and _MAYBE_CAMEL_CASE.search(kept):
            kept = _CAMEL_CASE.sub(thing, kept)
        if "." in kept:
            kept = self._without_files(kept)
        if not _has(kept, "'\"«“‘„") or not _MAYBE_QUOTATION.search(kept):
            return kept
        unquoted = _QUOTATION.sub(thing, kept)
        return unquoted if any(word[0] != THING for word in _WORD.finditer(unquoted)) else kept

    def _without_files(self, text: str) -> str:
        if _MAYBE_FILE.search(text):
            text = self._file.sub(f" {THING} ", text)
        return _TITLE.sub(r"\1", text) if any(title in text for title in _ABBREVIATED) else text

    def _link(self, link: re.Match[str]) -> str:
        return " " if any(site in link[0] for site in self._laughs) else f" {THING} "


def _has(text: str, marks: str) -> bool:
    return any(map(text.__contains__, marks))
