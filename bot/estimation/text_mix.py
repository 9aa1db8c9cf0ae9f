"""What a text is made of: English, French, code, or something that no tokenizer was measured on."""

import re
from collections.abc import Iterable
from itertools import repeat
from typing import NamedTuple

from bot.estimation.words import split

FENCE = "```"
CODE_SIGNS = "{}();=<>[]"
CODE_SHARE = 0.08
"""From how many of `CODE_SIGNS` by character on a text without fences is taken for code."""

WORDS_READ = 80
ACCENTS = frozenset("éèêëàâçùûôîïœ")
LAST_LATIN = "\u024f"

_FENCED = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_CODE = re.compile(r"([efo])(\d{0,2})")


class TextMix(NamedTuple):
    """The share of code in a text, and the language of the rest: `english`, `french` or `other`."""

    language: str
    code: float

    def encode(self) -> str:
        """Return it in at most three characters: the language's initial, and the tenths of code where there is some."""
        tenths = round(self.code * 10)
        return f"{self.language[0]}{tenths or ''}"

    @classmethod
    def decode(cls, written: str) -> "TextMix":
        """Return what `encode` wrote; `ValueError` for anything else."""
        match = _CODE.fullmatch(written)
        if match is None:
            raise ValueError(written)
        language = {"e": "english", "f": "french", "o": "other"}[match[1]]
        return cls(language, min(1.0, int(match[2] or 0) / 10))


ENGLISH = TextMix("english", 0.0)
_PROSE = {language: TextMix(language, 0.0) for language in ("english", "french", "other")}


class MixReader:
    """Tells what a text is made of, with the commonest words of both languages at hand."""

    def __init__(self, english: Iterable[str], french: Iterable[str]) -> None:
        english, french = frozenset(english), frozenset(french)
        self._leaning = {word: (word in french) - (word in english) for word in english | french}

    def read(self, words: list[str], text: str) -> TextMix:
        """Return the mix of a text, given its words (`words.split`); a few microseconds."""
        if FENCE in text:  # the words of code say nothing about the language around it
            prose = _FENCED.sub(" ", text)
            code = 1 - len(prose.strip()) / len(text)
            return TextMix(self._language(split(prose)[:WORDS_READ], prose), max(0.0, code))
        prose = _PROSE[self._language(words[:WORDS_READ], text)]
        return prose._replace(code=1.0) if _is_code(text) else prose

    def _language(self, words: list[str], text: str) -> str:
        leaning = sum(map(self._leaning.get, words, repeat(0)))
        if leaning:
            return "french" if leaning > 0 else "english"
        if text.isascii():
            return "english" if words else "other"
        letters = [char for char in text[:400] if char.isalpha()]
        latin = [char for char in letters if char <= LAST_LATIN]
        if 2 * len(latin) <= len(letters):
            return "other"
        return "english" if ACCENTS.isdisjoint(latin) else "french"


def _is_code(text: str) -> bool:
    if "(" not in text and "=" not in text and ";" not in text:  # one of which stands in any code
        return False
    signs = sum(map(text.count, CODE_SIGNS))
    return signs > CODE_SHARE * len(text) and signs > 4
