"""Cross-validation by prompt and by source, and the calibration of the interval."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scripts.answer_length.data import BENCHMARK, Data, Floats
from scripts.answer_length.metrics import Score, weighted_quantile
from scripts.answer_length.regression import Fits, weights

FOLDS = 5
LEVELS = ("model", "family", "nothing")
"""What is known of the model's name."""

MISSED = 0.09
"""Share of answers that may lie beyond each end: a little under 10 %, for what wasn't seen."""

Shift = tuple[float, float]
"""What is added to low and to high, log2."""

Fitter = Callable[[Data], Fits]
Test = NDArray[np.bool_]


def by_prompt(data: Data, folds: int = FOLDS) -> Iterator[Test]:
    """The answers of each fifth of each source's prompts, drawn once and for all; equal prompts go together."""
    fold = np.full(len(data.features), -1, dtype=np.int64)
    random = np.random.default_rng(20261123)
    for source in range(len(data.sources)):
        groups = random.permutation(np.unique(data.group[data.source == source]))
        fold_of = dict(zip(groups.tolist(), (np.arange(len(groups)) % folds).tolist(), strict=True))
        members = np.flatnonzero(data.source == source)
        fold[members] = [fold_of[group] for group in data.group[members].tolist()]
    for number in range(folds):
        yield fold[data.prompt] == number


def by_source(data: Data) -> Iterator[Test]:
    """The answers of each source."""
    for source in range(len(data.sources)):
        yield data.answer_source == source


def out_of_sample(data: Data, tests: Iterator[Test], fitter: Fitter) -> dict[str, Floats]:
    """Low, expected and high (rows) of each answer, by a fit without its part, for each level of `LEVELS`."""
    found = {level: np.zeros((3, len(data.length))) for level in LEVELS}
    for test in tests:
        fits = fitter(data.answers(~test))
        part = data.answers(test)
        for level in LEVELS:
            for row, parameters in enumerate(fits):
                found[level][row, test] = parameters.predict(part, level)
    return found


@dataclass(frozen=True)
class Calibration:
    """What to add to low and to high: for each of `LEVELS`, and besides for the answers of a task."""

    levels: dict[str, Shift]
    tasks: dict[int, Shift]

    @classmethod
    def from_predictions(cls, data: Data, predicted: dict[str, Floats], tasks: Iterable[int]) -> "Calibration":
        """Learn it from predictions made out of sample.

        Levels from the benchmarks' answers, sources alike (models alike where the model isn't known); `tasks`, of
        which benchmarks have next to none, are only widened, by all answers, sources as they are trusted.
        """
        benchmarks = data.answer_kind == BENCHMARK
        by = {"nothing": data.model[benchmarks]}
        levels = {}
        for level, found in predicted.items():
            group = by.get(level, data.answer_source[benchmarks])
            weight = 1.0 / np.bincount(group)[group]
            levels[level] = _shift(data.length[benchmarks], found[:, benchmarks], weight)
        widened = cls(levels, {}).widened(data, predicted["model"])
        of_task = data.task[data.prompt]
        shifts = {}
        for task in tasks:
            chosen = (of_task == task) & ~data.talk[data.prompt]
            if chosen.any():
                low, high = _shift(data.length[chosen], widened[:, chosen], weights(data.answers(chosen), 1.0))
                shifts[task] = min(low, 0.0), max(high, 0.0)
        return cls(levels, shifts)

    def widened(self, data: Data, predicted: Floats, level: str = "model") -> Floats:
        """Predictions (low, expected, high) with what is to be added; small talk has its own."""
        found = predicted.copy()
        free = ~data.talk[data.prompt]
        for shift, chosen in ((self.levels[level], free), *self._by_task(data, free)):
            found[0, chosen] += shift[0]
            found[2, chosen] += shift[1]
        return found

    def _by_task(self, data: Data, free: Test) -> Iterator[tuple[Shift, Test]]:
        task = data.task[data.prompt]
        for number, shift in self.tasks.items():
            yield shift, free & (task == number)


def _shift(length: Floats, predicted: Floats, weight: Floats) -> Shift:
    """What to add to low and to high so that `MISSED` of the answers lie beyond each."""
    low = weighted_quantile(length - predicted[0], weight, MISSED)
    high = weighted_quantile(length - predicted[2], weight, 1.0 - MISSED)
    return low, high


def scores(data: Data, predicted: Floats, fewest: int = 1) -> dict[str, Score]:
    """The score of each source that has `fewest` answers, and their mean."""
    low, expected, high = np.sort(predicted, axis=0)
    found = {}
    for number, name in enumerate(data.sources):
        chosen = data.answer_source == number
        if chosen.sum() >= fewest:
            found[name] = Score.from_predictions(data.length[chosen], low[chosen], expected[chosen], high[chosen])
    return {**found, "mean": Score.mean(list(found.values()))}
