"""Cross-validation by prompt and by source, and the calibration of the interval."""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from scripts.answer_length.data import BENCHMARK, Data, Floats
from scripts.answer_length.metrics import Score, weighted_quantile
from scripts.answer_length.regression import Fits

FOLDS = 5
LEVELS = ("model", "family", "nothing")
"""What is known of the model's name."""

MISSED = 0.09
"""Share of answers that may lie beyond each end: a little under 10 %, for what wasn't seen."""

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


def calibrate(data: Data, predicted: Floats, level: str = "model") -> tuple[float, float]:
    """What to add to low and to high so that `MISSED` of the benchmarks' answers lie beyond each.

    Sources alike; where the model isn't known, models alike.
    """
    chosen = data.answer_kind == BENCHMARK
    by = data.model if level == "nothing" else data.answer_source
    weight = 1.0 / np.bincount(by[chosen])[by[chosen]]
    low = weighted_quantile(data.length[chosen] - predicted[0, chosen], weight, MISSED)
    high = weighted_quantile(data.length[chosen] - predicted[2, chosen], weight, 1.0 - MISSED)
    return low, high


def scores(data: Data, predicted: Floats) -> dict[str, Score]:
    """The score of each source, and their mean."""
    low, expected, high = np.sort(predicted, axis=0)
    found = {}
    for number, name in enumerate(data.sources):
        chosen = data.answer_source == number
        found[name] = Score.of(data.length[chosen], low[chosen], expected[chosen], high[chosen])
    return {**found, "mean": Score.mean(list(found.values()))}
