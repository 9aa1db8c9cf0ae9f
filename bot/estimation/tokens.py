"""Counts the tokens of a text, with the vocabulary of the model that would read it."""

import os
from pathlib import Path

import tiktoken

from bot.estimation import vocabulary
from bot.estimation.tokenizer_ratios import UNIT
from bot.estimation.vocabulary import Vocabulary


class Tokenizers:
    """The loaded vocabularies. Loading one takes about a third of a second; counting, microseconds."""

    def __init__(self, vocabularies: dict[str, Vocabulary], folder: Path) -> None:
        self._vocabularies = vocabularies
        self._folder = folder
        self._loaded: dict[str, tiktoken.Encoding] = {}

    @classmethod
    def load(cls, config_dir: Path, folder: Path) -> "Tokenizers":
        """Read which vocabularies there are; `folder` holds their files. Nothing is loaded yet."""
        return cls(vocabulary.load(config_dir), folder)

    def prepare(self, encoding: str) -> None:
        """Load a vocabulary unless it is loaded; `UserError` when its file is missing or damaged."""
        if encoding in self._loaded:
            return
        vocabulary.require(self._vocabularies[encoding], self._folder)
        os.environ["TIKTOKEN_CACHE_DIR"] = str(self._folder)  # tiktoken takes its folder from nowhere else
        self._loaded[encoding] = tiktoken.get_encoding(encoding)

    def is_ready(self, encoding: str) -> bool:
        """Tell whether the vocabulary is in memory, so that `count` won't have to read a file."""
        return encoding in self._loaded

    def count(self, text: str, encoding: str = UNIT) -> int:
        """Return the number of tokens of the text; special tokens in it count as the plain text they are."""
        self.prepare(encoding)
        return len(self._loaded[encoding].encode_ordinary(text))
