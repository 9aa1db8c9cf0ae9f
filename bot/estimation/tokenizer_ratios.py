"""How many tokens a model's own tokenizer makes of a text, by that of o200k_base: measured, by kind of text."""

from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, Strict

from bot.estimation.facts.fact import Number, Part, Rows, Strings, Table, load
from bot.estimation.text_mix import MixReader, TextMix

UNIT = "o200k_base"
"""The encoding whose tokens are the unit of the ratios and of predicted lengths."""

Ratio = Annotated[Number, Field(gt=0)]
Ends = Annotated[tuple[Number, Number], Strict(False)]


class TokenizerFact(Table):
    """One tokenizer and the models that have it; see the head of `config/tokenizers.toml` for what the fields say."""

    id: str
    name: str
    match: Strings
    encoding: Literal["o200k_base", "cl100k_base"] | None = None
    english: Ratio
    french: Ratio
    code: Ratio
    english_range: Ends | None = None
    french_range: Ends | None = None
    code_range: Ends | None = None
    state: Literal["measured", "assumed", "verified", "secondhand"]
    source: str
    note: str | None = None

    @property
    def is_approximate(self) -> bool:
        """Tell whether tokens are worked out by a ratio rather than counted, or it isn't sure whose they are."""
        return self.encoding is None or self.state == "secondhand"

    @property
    def is_unit(self) -> bool:
        """Tell whether its tokens are those of the unit."""
        return self.encoding == UNIT

    def ratio(self, mix: TextMix) -> float:
        """Return the tokens of such a text per token of the unit; other languages take English's ratio."""
        prose = self.french if mix.language == "french" else self.english
        return mix.code * self.code + (1 - mix.code) * prose


class CommonWords(Table):
    """The commonest words of two languages."""

    english: Strings
    french: Strings


class TokenizerFile(Table):
    """`config/tokenizers.toml`."""

    tokenizer: Rows[TokenizerFact]
    words: Part[CommonWords]


class TokenizerRatios:
    """All tokenizers, and how to tell what a text is made of."""

    def __init__(self, tokenizers: Iterable[TokenizerFact], mixes: MixReader) -> None:
        self.tokenizers = tuple(tokenizers)
        self.mixes = mixes

    @classmethod
    def load(cls, config_dir: Path) -> "TokenizerRatios":
        """Read `config/tokenizers.toml`; `ConfigError` when it can't be read."""
        file = load(config_dir, "tokenizers", TokenizerFile)
        return cls(file.tokenizer, MixReader(file.words.english, file.words.french))

    def find(self, key: str) -> TokenizerFact:
        """Return the tokenizer of a model ("provider/name"); OpenAI's newest where none is known."""
        lowered = key.lower()
        known = (one for one in self.tokenizers if any(fnmatchcase(lowered, part) for part in one.match))
        return next(known, None) or next(one for one in self.tokenizers if one.is_unit)
