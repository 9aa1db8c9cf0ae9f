"""How long data is kept, from `config/`."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated

from pydantic import Field

from bot.errors import ConfigFieldError
from bot.estimation.facts.fact import Fact, Rows, Table, load, newest


class RetentionFact(Fact):
    """One span, in days."""

    value: Annotated[int, Field(ge=1)]


class RetentionFile(Table):
    """`config/retention.toml`."""

    retention: Rows[RetentionFact]


@dataclass(frozen=True, slots=True)
class Retention:
    """How long entries are kept, and the data of servers that removed the bot."""

    entries: timedelta
    left_servers: timedelta

    @classmethod
    def load(cls, config_dir: Path) -> "Retention":
        """Read `config/retention.toml`; `ConfigError` when it can't be read or a span is missing."""
        known = newest(load(config_dir, "retention", RetentionFile).retention)
        for name in ("entries", "left_servers"):
            if name not in known:
                raise ConfigFieldError("error.config_missing", "retention.toml", name, "id")
        return cls(*(timedelta(days=known[name].value) for name in ("entries", "left_servers")))
