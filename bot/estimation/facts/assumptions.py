"""Choices that aren't EcoLogits' own, each with its reason."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import model_validator

from bot.errors import ConfigFieldError
from bot.estimation.facts.fact import Fact, Number, Rows, Table, load, newest
from bot.estimation.ranges import Range

NEEDED = (
    "input_token",
    "people",
    "days",
    "plane_passengers",
    "plane_t_per_passenger",
    "method_factor",
    "ordinary_answer",
    "talks_mail",
    "many_servers",
)


class Assumption(Fact):
    """One choice: `value`, and its range where it has one."""

    value: Number
    low: Number | None = None
    high: Number | None = None

    @model_validator(mode="after")
    def _ordered(self) -> "Assumption":
        low, expected, high = self.range
        if not low <= expected <= high:
            raise ValueError("low <= value <= high expected")
        return self

    @property
    def range(self) -> Range:
        """Return low, value and high; the value itself where no range is given."""
        low = self.value if self.low is None else self.low
        return Range(low, self.value, self.value if self.high is None else self.high)


class AssumptionFile(Table):
    """`config/assumptions.toml`."""

    assumption: Rows[Assumption]


def load_assumptions(config_dir: Path) -> Mapping[str, Assumption]:
    """Return the assumptions by id; `ConfigError` when the file can't be read or one is missing."""
    found = newest(load(config_dir, "assumptions", AssumptionFile).assumption)
    for name in NEEDED:
        if name not in found:
            raise ConfigFieldError("error.config_missing", "assumptions.toml", name, "id")
    return found
