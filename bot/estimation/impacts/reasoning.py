"""Hidden reasoning: how many tokens a model writes for each one it shows, by model and effort.

Whether a model thinks, and at which effort, is what its maker documents (`thinking`); how many tokens that takes was
measured for some models and efforts (`config/reasoning.toml`). What wasn't is a judgement: taken from a model like it,
or from the same model's other efforts by the scale in that file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from math import exp, log
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, Strict

from bot.errors import ConfigFieldError
from bot.estimation.facts.fact import CONFIG_DIR, Fact, Number, Rows, Strings, Table, load
from bot.estimation.impacts.thinking import Thinking, ThinkingTable
from bot.estimation.ranges import Range

NONE = "none"
"""No thinking."""

LEVELS = (NONE, "minimal", "low", "medium", "high", "xhigh", "max")
"""Efforts that can be asked for, the least first."""

JUDGEMENT = "judgement"
"""The source of a factor that nobody measured."""

LARGEST = 100.0
"""Where a factor worked out from another effort ends."""


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


class Weight(Fact):
    """How far an effort's factor is from 1, in the logarithm, by that of `high`."""

    value: Annotated[Number, Field(ge=0)]


class ReasoningFile(Table):
    """`config/reasoning.toml`."""

    reasoning: Rows[ReasoningFact]
    scale: Rows[Weight]


@dataclass(frozen=True, slots=True)
class Factor:
    """Tokens written per visible token, at least 1; `is_assumption` where nobody measured it at that effort."""

    times: Range
    source: str
    effort: str
    is_assumption: bool = False


NO_THINKING = Factor(Range.exactly(1.0), "switched off", NONE)


@dataclass(frozen=True, slots=True)
class Measured:
    """What one entry of `config/reasoning.toml` says: models measured, models taken to be like them, factors."""

    match: tuple[str, ...]
    like: tuple[str, ...]
    default: str | None
    factors: Mapping[str, Factor]

    def for_model(self, name: str) -> "Measured | None":
        """Return the entry as it applies to a model's name without its provider, None if it doesn't."""
        if _fits(self.like, name):
            judged = {effort: replace(f, is_assumption=True, source=JUDGEMENT) for effort, f in self.factors.items()}
            return replace(self, factors=judged)
        return self if _fits(self.match, name) else None


class Reasoning:
    """The factors of all models known to think."""

    def __init__(self, entries: list[Measured], weights: Mapping[str, float], thinking: ThinkingTable) -> None:
        self._entries = entries
        self._weights = weights
        self._thinking = thinking
        self._find = lru_cache(maxsize=1024)(self._look_up)

    @classmethod
    def load(cls, config_dir: Path = CONFIG_DIR) -> "Reasoning":
        """Read `reasoning.toml` and `thinking.toml`; `ConfigError` when one can't be read."""
        file = load(config_dir, "reasoning", ReasoningFile)
        weights = {one.id: float(one.value) for one in file.scale}
        for level in LEVELS:
            if level not in weights:
                raise ConfigFieldError("error.config_missing", "reasoning.toml", level, "id")
        return cls([_measured(entry) for entry in file.reasoning], weights, ThinkingTable.load(config_dir))

    def factor(self, model: str, effort: str | None = None) -> Factor | None:
        """Return the factor of a model ("provider/name") at an effort, its default one if None.

        None for a model that doesn't think, and for an effort the model doesn't have.
        """
        default, factors = self._find(model)
        return factors.get(effort or default or "")

    def efforts(self, model: str) -> tuple[str, ...]:
        """Return the efforts that can be asked of a model, the least first; none where there is no choice."""
        factors = self._find(model)[1]
        return tuple(level for level in LEVELS if level in factors)

    def documented(self, model: str) -> Thinking | None:
        """Return what is documented of the model's thinking, None where nothing is."""
        return self._thinking.find(_name(model))

    def _look_up(self, model: str) -> tuple[str | None, Mapping[str, Factor]]:
        name = _name(model)
        entry = next(filter(None, (entry.for_model(name) for entry in self._entries)), None)
        known: Mapping[str, Factor] = entry.factors if entry else {}
        documented = self._thinking.find(name)
        if documented is None:
            return (entry.default if entry else None), known
        asked = {effort for effort in (*documented.efforts, documented.default) if effort}
        return documented.default, {effort: self._factor(effort, known) for effort in asked}

    def _factor(self, effort: str, known: Mapping[str, Factor]) -> Factor:
        """Return what is known at an effort, else what the scale makes of the same model's other efforts."""
        if effort == NONE:
            return NO_THINKING
        if effort in known:
            return known[effort]
        weights = {name: self._weights.get(name, 1.0) for name in known if name != NONE}
        if not weights:
            return Factor(Range.exactly(1.0), JUDGEMENT, effort, is_assumption=True)
        wanted = self._weights.get(effort, 1.0)
        times = Range(
            *(_on_scale(wanted, {w: known[name].times[at] for name, w in weights.items()}) for at in range(3))
        )
        return Factor(times, JUDGEMENT, effort, is_assumption=True)


def _on_scale(wanted: float, known: Mapping[float, float]) -> float:
    """Return the factor at a weight: between those known on either side, or in proportion to the nearest."""
    logs = {0.0: 0.0, **{weight: log(factor) for weight, factor in known.items()}}
    below = max(weight for weight in logs if weight <= wanted)
    above = min((weight for weight in logs if weight > wanted), default=None)
    if above is not None:
        share = (wanted - below) / (above - below)
        return exp(logs[below] + share * (logs[above] - logs[below]))
    return min(LARGEST, exp(logs[below] * wanted / below)) if below else 1.0


def _name(model: str) -> str:
    return model.strip().lower().rsplit("/", 1)[-1]


def _fits(parts: tuple[str, ...], name: str) -> bool:
    return any(name.startswith(part[1:]) if part[0] == "^" else part in name for part in parts)


def _measured(entry: ReasoningFact) -> Measured:
    factors = {effort: Factor(Range(*ends), entry.source, effort) for effort, ends in entry.efforts.items()}
    factors |= {effort: Factor(Range(*ends), JUDGEMENT, effort, True) for effort, ends in entry.judged.items()}
    if entry.default is not None and entry.default not in factors:
        raise ConfigFieldError("error.config_invalid", "reasoning.toml", entry.id, "default", "without a factor")
    return Measured(entry.match, entry.like, entry.default, factors)
