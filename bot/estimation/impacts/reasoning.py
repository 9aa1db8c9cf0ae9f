"""Hidden reasoning: how many tokens a model writes for each one it shows, by model and effort."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, Strict

from bot.errors import ConfigFieldError
from bot.estimation.facts.fact import CONFIG_DIR, Fact, Number, Rows, Strings, Table, load
from bot.estimation.ranges import Range

ALWAYS = "always"
"""The effort of models that think as they please."""

LEVELS = ("none", "low", "medium", "high", "xhigh", "max")
"""Efforts that can be asked for, the least first."""


JUDGEMENT = "judgement"
"""The source of a factor that nobody measured."""


def _ordered(ends: tuple[Number, Number, Number]) -> tuple[Number, Number, Number]:
    low, expected, high = ends
    if not 1 <= low <= expected <= high:
        raise ValueError("1 <= low <= expected <= high expected")
    return ends


Ends = Annotated[tuple[Number, Number, Number], Strict(False), AfterValidator(_ordered)]


class ReasoningFact(Fact):
    """Factors of the models whose names hold `match`, and of those taken to be `like` them, by effort."""

    match: Strings = ()
    like: Strings = ()
    default: str | None = None
    efforts: Mapping[str, Ends] = Field(default_factory=dict)
    judged: Mapping[str, Ends] = Field(default_factory=dict)


class ReasoningFile(Table):
    """`config/reasoning.toml`."""

    reasoning: Rows[ReasoningFact]


@dataclass(frozen=True, slots=True)
class Factor:
    """Tokens written per visible token, at least 1; `is_assumption` where nobody measured it at that effort."""

    times: Range
    source: str
    effort: str
    is_assumption: bool = False


@dataclass(frozen=True, slots=True)
class Thinking:
    """What one entry of `config/reasoning.toml` says: models measured, models taken to be like them, factors."""

    match: tuple[str, ...]
    like: tuple[str, ...]
    default: str | None
    factors: Mapping[str, Factor]

    def of(self, name: str) -> "Thinking | None":
        """Return the entry as it applies to a model's name without its provider, None if it doesn't."""
        if _fits(self.like, name):
            is_assumption = {
                effort: replace(f, is_assumption=True, source=JUDGEMENT) for effort, f in self.factors.items()
            }
            return replace(self, factors=is_assumption)
        return self if _fits(self.match, name) else None


class Reasoning:
    """The factors of all models known to think."""

    def __init__(self, entries: list[Thinking]) -> None:
        self._entries = entries
        self._find = lru_cache(maxsize=1024)(self._look_up)

    @classmethod
    def load(cls, config_dir: Path = CONFIG_DIR) -> "Reasoning":
        """Read `reasoning.toml`; `ConfigError` when it can't be read or an entry lacks its source."""
        return cls([_thinking(entry) for entry in load(config_dir, "reasoning", ReasoningFile).reasoning])

    def factor(self, model: str, effort: str | None = None) -> Factor | None:
        """Return the factor of a model ("provider/name") at an effort, its default one if None.

        None for a model that doesn't think, and for an effort the model doesn't have.
        """
        entry = self._find(model)
        if entry is None or entry.default is None:
            return None
        return entry.factors.get(effort or entry.default)

    def efforts(self, model: str) -> tuple[str, ...]:
        """Return the efforts that can be asked of a model, the least first; none where there is no choice."""
        entry = self._find(model)
        return tuple(level for level in LEVELS if level in entry.factors) if entry else ()

    def _look_up(self, model: str) -> Thinking | None:
        name = model.strip().lower().rsplit("/", 1)[-1]
        return next(filter(None, (entry.of(name) for entry in self._entries)), None)


def _fits(parts: tuple[str, ...], name: str) -> bool:
    return any(name.startswith(part[1:]) if part[0] == "^" else part in name for part in parts)


def _thinking(entry: ReasoningFact) -> Thinking:
    factors = {effort: Factor(Range(*ends), entry.source, effort) for effort, ends in entry.efforts.items()}
    factors |= {effort: Factor(Range(*ends), JUDGEMENT, effort, True) for effort, ends in entry.judged.items()}
    if entry.default is not None and entry.default not in factors:
        raise ConfigFieldError("error.config_invalid", "reasoning.toml", entry.id, "default", "without a factor")
    return Thinking(entry.match, entry.like, entry.default, factors)
