"""Whether and how hard models think, as their makers document it (`config/thinking.toml`)."""

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal

from bot.errors import ConfigFieldError
from bot.estimation.facts.fact import Rows, Strings, Table, load
from bot.estimation.impacts.model_facts import ModelSource, State, check_source

Effort = Literal["none", "minimal", "low", "medium", "high", "xhigh", "max", "always"]


class Thinking(Table):
    """What is documented of some models; see the head of the file for what the fields say."""

    id: str
    models: Strings
    default: Effort | None = None
    efforts: Strings = ()
    state: State
    state_default: State | None = None
    source: str
    note: str | None = None

    @property
    def default_is_documented(self) -> bool:
        """Tell whether the default was read at the maker's, or at somebody's who tried it."""
        return (self.state_default or self.state) != "not_found"


class ThinkingFile(Table):
    """`config/thinking.toml`."""

    thinking: Rows[Thinking]


class ThinkingTable:
    """Finds what is documented of a model, by its name without the provider."""

    def __init__(self, entries: Iterable[Thinking]) -> None:
        self._entries = tuple(entries)

    @classmethod
    def load(cls, config_dir: Path, sources: Mapping[str, ModelSource] | None = None) -> "ThinkingTable":
        """Read `config/thinking.toml`; `ConfigError` when it can't be read."""
        entries = load(config_dir, "thinking", ThinkingFile).thinking
        for entry in entries:
            if entry.default not in (None, "always", *entry.efforts):
                reason = "not one of the efforts"
                raise ConfigFieldError("error.config_invalid", "thinking.toml", entry.id, "default", reason)
            if sources is not None:
                check_source("thinking.toml", entry.id, entry.source, sources)
        return cls(entries)

    def find(self, name: str) -> Thinking | None:
        """Return the first entry that fits, None for a model nothing is documented of."""
        return next((one for one in self._entries if any(fnmatchcase(name, part) for part in one.models)), None)
