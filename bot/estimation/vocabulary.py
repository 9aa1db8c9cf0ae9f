"""The vocabularies that tiktoken needs, as files: which they are, whether they are there and whole."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from bot.errors import UserError
from bot.estimation.facts import fact
from bot.estimation.facts.fact import Fact, Part, Rows, Table, newest


class VocabularyFact(Fact):
    """A file that tiktoken reads: its name in tiktoken's cache, and its SHA-256."""

    file: str
    sha256: str


class Wheel(Table):
    """Where the same files are when their addresses can't be reached: pip's requirement, the folder within."""

    requirement: str
    folder: str


class VocabularyFile(Table):
    """`config/vocabularies.toml`."""

    vocabulary: Rows[VocabularyFact]
    wheel: Part[Wheel]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One vocabulary file: tiktoken's encoding name, the name of the file in tiktoken's cache, its SHA-256."""

    encoding: str
    file: str
    sha256: str

    def whole_in(self, folder: Path) -> bool:
        """Tell whether the file is in the folder and has the right checksum."""
        try:
            content = (folder / self.file).read_bytes()
        except OSError:
            return False
        return hashlib.sha256(content).hexdigest() == self.sha256


def load(config_dir: Path) -> dict[str, Vocabulary]:
    """Return the vocabularies by encoding name, from `config/vocabularies.toml`."""
    entries = newest(fact.load(config_dir, "vocabularies", VocabularyFile).vocabulary)
    return {name: Vocabulary(name, entry.file, entry.sha256) for name, entry in entries.items()}


def wheel(config_dir: Path) -> Wheel:
    """Return where the vocabularies are when their addresses can't be reached."""
    return fact.load(config_dir, "vocabularies", VocabularyFile).wheel


def require(vocabulary: Vocabulary, folder: Path) -> None:
    """Raise `UserError` unless the vocabulary can be read.

    Asked before tiktoken is: it would otherwise go to the network by itself, without a time limit.
    """
    if not vocabulary.whole_in(folder):
        raise UserError("error.vocabulary", encoding=vocabulary.encoding, folder=str(folder))
