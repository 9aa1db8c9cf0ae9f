"""What the report compares with: the predictor of 2026-11-26 on the same answers, and the goals."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.answer_length.data import Bools, Data

PATH = Path(__file__).with_name("yardstick.toml")

Pair = tuple[float, float]
"""Error and coverage."""


@dataclass(frozen=True)
class Goal:
    """Prompts of a kind, from `sources` that each count alike; see the head of `yardstick.toml`."""

    id: str
    kind: str
    language: str | None
    sources: list[str]
    published: Pair
    reach: Pair

    def chosen(self, data: Data) -> Bools:
        """Tell which answers are meant."""
        chosen = data.answer_kind == self.kind
        for number, name in enumerate(data.sources):
            if name not in self.sources:
                chosen &= data.answer_source != number
        return chosen if self.language is None else chosen & (data.french[data.prompt] == (self.language == "fr"))

    def is_reached(self, pair: Pair) -> bool:
        """Tell whether error and coverage, as they are printed, are as good as asked for."""
        return round(pair[0], 2) <= self.reach[0] and round(pair[1], 2) >= self.reach[1]


class Yardstick:
    """Scores before, by kind, language and source; the goals."""

    def __init__(self, raw: dict[str, Any]) -> None:
        self._before = {
            (row["kind"], row.get("language"), row["source"]): (row["error"], row["coverage"]) for row in raw["score"]
        }
        self.goals = [
            Goal(
                row["id"],
                row["kind"],
                row.get("language"),
                row["sources"],
                tuple(row["published"]),
                tuple(row["reach"]),
            )
            for row in raw["goal"]
        ]

    @classmethod
    def load(cls, path: Path = PATH) -> "Yardstick":
        """Read the file."""
        return cls(tomllib.loads(path.read_text(encoding="utf-8")))

    def before(self, kind: str, source: str, language: str | None = None) -> Pair | None:
        """Return a source's scores before, in one language or in all."""
        return self._before.get((kind, language, source))

    def before_mean(self, kind: str, language: str | None) -> Pair | None:
        """Return a kind's scores before, the mean over its sources; None where nothing was scored."""
        return _mean([pair for (k, tongue, _), pair in self._before.items() if (k, tongue) == (kind, language)])

    def before_of(self, goal: Goal) -> Pair:
        """Return a goal's scores before, sources alike."""
        found = _mean([pair for name in goal.sources if (pair := self.before(goal.kind, name, goal.language))])
        assert found, goal.id
        return found


def _mean(pairs: list[Pair]) -> Pair | None:
    if not pairs:
        return None
    return sum(pair[0] for pair in pairs) / len(pairs), sum(pair[1] for pair in pairs) / len(pairs)
