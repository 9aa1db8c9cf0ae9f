"""Sentences to think about, one under each weekly recap, from `config/recap.toml`."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.errors import ConfigFieldError
from bot.estimation.facts.fact import Fact, Number, Rows, Table, load, newest


class Thought(Fact):
    """A fact in a sentence of the catalogues, which names its two figures.

    `second` says where the second one is from, if that is another source.
    """

    figures: Rows[Number]
    second: Fact | None = None

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Return what has a source of its own, in the figures' order."""
        return (self, self.second) if self.second else (self,)


class ThoughtFile(Table):
    """`config/recap.toml`."""

    thought: Rows[Thought]


@dataclass(frozen=True, slots=True)
class Thoughts:
    """All of them, in the file's order."""

    every: tuple[Thought, ...]

    @classmethod
    def load(cls, config_dir: Path) -> "Thoughts":
        """Read `config/recap.toml`; `ConfigError` when it can't be read, or one hasn't its two figures."""
        found = tuple(newest(load(config_dir, "recap", ThoughtFile).thought).values())
        for one in found:
            if len(one.figures) != 2:
                raise ConfigFieldError("error.config_invalid", "recap.toml", one.id, "figures", "two figures")
        if not found:
            raise ConfigFieldError("error.config_missing", "recap.toml", "[[thought]]", "id")
        return cls(found)

    def of_week(self, monday: date) -> Thought:
        """Return a week's: each in turn."""
        return self.every[monday.toordinal() // 7 % len(self.every)]
