"""What people call models: aliases, and known models that EcoLogits lacks (`config/model_aliases.toml`)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.errors import ConfigFieldError
from bot.estimation.facts.fact import Number, Rows, Strings, Table, load
from bot.estimation.impacts.model_facts import ModelSource, State, check_source

MAX_NAME = 100
"""Characters of a name that is looked up; no model's is longer."""


class Alias(Table):
    """Words that people type, and the keys of the models they may mean."""

    typed: Strings
    models: Strings
    state: State
    source: str


class Outside(Table):
    """A known model that EcoLogits lacks, the nearest that it has, and how many times that one's energy it takes."""

    name: str
    typed: Strings
    nearest: str | None = None
    times: Number | None = None
    total_b: Number | None = None
    active_b: Number | None = None
    state: State
    source: str


class AliasFile(Table):
    """`config/model_aliases.toml`."""

    alias: Rows[Alias]
    outside: Rows[Outside]


@dataclass(frozen=True, slots=True)
class ModelAliases:
    """Both by folded word."""

    aliases: Mapping[str, Alias]
    outside: Mapping[str, Outside]

    @classmethod
    def load(cls, config_dir: Path, sources: Mapping[str, ModelSource]) -> "ModelAliases":
        """Read the file; `ConfigError` when it can't be read, a word is there twice or a source isn't known."""
        file = load(config_dir, "model_aliases", AliasFile)
        for entry in (*file.alias, *file.outside):
            check_source("model_aliases.toml", entry.typed[0], entry.source, sources)
        seen: set[str] = set()
        _refuse_twice((word for entry in (*file.alias, *file.outside) for word in _folded(entry.typed)), seen)
        return cls(
            {word: entry for entry in file.alias for word in _folded(entry.typed)},
            {word: entry for entry in file.outside for word in _folded(entry.typed)},
        )


def fold(name: str) -> str:
    """Return the name without spaces, dots, dashes and case: "GPT 5.5" is "gpt55", "Command A+" is "commandaplus"."""
    return "".join(char for char in name.casefold().replace("+", "plus") if char.isalnum())


def _folded(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(map(fold, words)))


def _refuse_twice(words: Iterable[str], seen: set[str]) -> None:
    for word in words:
        if word in seen:
            raise ConfigFieldError("error.config_duplicate", "model_aliases.toml", word, "typed")
        seen.add(word)
