"""How good a prediction is; lengths in log2, so an error of 1 is a factor of 2."""

from dataclasses import dataclass

import numpy as np

from scripts.answer_length.data import Floats


@dataclass(frozen=True)
class Score:
    """Median absolute error, share within a factor 2; coverage, mean width and score of the 80 % interval."""

    error: float
    within_2: float
    coverage: float
    width: float
    interval_score: float

    @classmethod
    def from_predictions(cls, length: Floats, low: Floats, expected: Floats, high: Floats) -> "Score":
        """Score predictions of `length`."""
        error = np.abs(expected - length)
        width = high - low
        missed = np.maximum(0.0, low - length) + np.maximum(0.0, length - high)
        return cls(
            error=float(np.median(error)),
            within_2=float(np.mean(error <= 1.0)),
            coverage=float(np.mean(missed == 0.0)),
            width=float(np.mean(width)),
            interval_score=float(np.mean(width + 10.0 * missed)),
        )

    @classmethod
    def mean(cls, scores: list["Score"]) -> "Score":
        """The mean over sources, each alike."""
        rows = np.array([(s.error, s.within_2, s.coverage, s.width, s.interval_score) for s in scores])
        return cls(*(float(value) for value in rows.mean(axis=0)))

    def row(self) -> str:
        """One line of a table."""
        return (
            f"{self.error:6.3f} {self.within_2:6.3f} {self.coverage:6.3f} {self.width:6.2f} {self.interval_score:6.2f}"
        )


def weighted_quantile(values: Floats, weight: Floats, share: float) -> float:
    """The value below which `share` of the weight lies."""
    order = np.argsort(values)
    below = np.cumsum(weight[order])
    return float(values[order[np.searchsorted(below, share * below[-1])]])
