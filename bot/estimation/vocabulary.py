"""The vocabularies that tiktoken needs, as files: which they are, whether they are there and whole."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from bot.errors import UserError
from bot.estimation.facts import fact


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
    entries = fact.facts(config_dir, "vocabularies", "vocabulary")
    return {name: Vocabulary(name, entry["file"], entry["sha256"]) for name, entry in entries.items()}


def require(vocabulary: Vocabulary, folder: Path) -> None:
    """Raise `UserError` unless the vocabulary can be read.

    Asked before tiktoken is: it would otherwise go to the network by itself, without a time limit.
    """
    if not vocabulary.whole_in(folder):
        raise UserError("error.vocabulary", encoding=vocabulary.encoding, folder=str(folder))
