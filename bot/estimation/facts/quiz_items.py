"""What a quiz sets side by side, from `config/quiz.toml`: names of facts and how many of each, no figures."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bot.errors import ConfigFieldError
from bot.estimation.facts.assumptions import Assumption
from bot.estimation.facts.fact import Number, Rows, Table, load, newest

DIMENSIONS: "tuple[Dimension, ...]" = ("energy", "gwp", "water")
"""What two things can be compared by."""

EQUIVALENT, ANSWERS, TRAINING = "equivalent", "answers", "training"
REFERENCE, POLITENESS, MEASURED = "reference", "politeness", "measured"


Kind = Literal["equivalent", "answers", "training", "reference", "politeness", "measured"]
Dimension = Literal["energy", "gwp", "water"]


class QuizRow(Table):
    """One row of the file: a fact's name, and how many of it."""

    kind: Kind
    of: str
    counts: Rows[int] = (1,)
    tokens: int = 0
    dimensions: Rows[Dimension] = DIMENSIONS
    overrated: Number | None = None


class QuizFile(Table):
    """`config/quiz.toml`."""

    assumption: Rows[Assumption]
    overrated: dict[Kind, Number]
    item: Rows[QuizRow]


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
        file = load(config_dir, "quiz", QuizFile)
        margin = newest(file.assumption).get("quiz_margin")
        if margin is None:
            raise ConfigFieldError("error.config_missing", "quiz.toml", "quiz_margin", "id")
        items = [item for row in file.item for item in _items(row, file.overrated)]
        return cls(tuple(items), float(margin.value))


def _items(row: QuizRow, overrated: Mapping[Kind, float]) -> Iterator[QuizItem]:
    guess = overrated[row.kind] if row.overrated is None else row.overrated
    for count in row.counts:
        yield QuizItem(row.kind, row.of, count, row.tokens, row.dimensions, float(guess))
