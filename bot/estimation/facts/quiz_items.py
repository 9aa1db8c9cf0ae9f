"""What a quiz sets side by side, from `config/quiz.toml`: names of facts and how many of each, no figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import ConfigError
from bot.estimation.facts import fact

DIMENSIONS = ("energy", "gwp", "water")
"""What two things can be compared by."""

EQUIVALENT, ANSWERS, TRAINING = "equivalent", "answers", "training"
REFERENCE, POLITENESS, MEASURED = "reference", "politeness", "measured"
KINDS = (EQUIVALENT, ANSWERS, TRAINING, REFERENCE, POLITENESS, MEASURED)


@dataclass(frozen=True, slots=True)
class QuizItem:
    """So many (`count`) of one thing; answers are of so many `tokens` (else 0).

    `overrated`: by how many powers of ten people take it for larger than it is, a judgement.
    """

    kind: str
    of: str
    count: int
    tokens: int
    dimensions: tuple[str, ...]
    overrated: float


@dataclass(frozen=True, slots=True)
class QuizItems:
    """All items, and by how many times either way a figure without a published range is taken to be off."""

    items: tuple[QuizItem, ...]
    margin: float

    @classmethod
    def load(cls, config_dir: Path) -> "QuizItems":
        """Read `config/quiz.toml`; `ConfigError` when it can't be read or an item is of no known kind."""
        config = fact.read(config_dir, "quiz")
        margin = fact.facts(config_dir, "quiz", "assumption")["quiz_margin"]["value"]
        try:
            items = [item for entry in config["item"] for item in _items(entry, config["overrated"])]
            return cls(tuple(items), float(margin))
        except (KeyError, TypeError, ValueError) as error:
            raise ConfigError("quiz.toml", str(error)) from error


def _items(entry: dict[str, Any], overrated: dict[str, float]) -> Iterator[QuizItem]:
    kind, dimensions = entry["kind"], tuple(entry.get("dimensions", DIMENSIONS))
    if kind not in KINDS or not set(dimensions) <= set(DIMENSIONS):
        raise ValueError(f"{entry['of']}: kind or dimensions")
    for count in entry.get("counts", (1,)):
        guess = float(entry.get("overrated", overrated[kind]))
        yield QuizItem(kind, entry["of"], int(count), int(entry.get("tokens", 0)), dimensions, guess)
