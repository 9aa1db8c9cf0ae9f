"""How predicted lengths do against measured ones, from sums and a small histogram of their log2 ratios. Pure.

A bucket is a quarter of an octave wide; the ratio's logarithms are summed within each, so the median is the mean of
its bucket: exact where it stands alone in it, else within 9 %.
"""

from collections.abc import Sequence
from math import log2
from typing import NamedTuple

from bot.estimation.ranges import Range
from bot.ledger.records import NO_PREDICTION, Prediction

BUCKETS_PER_OCTAVE = 4
MAX_OCTAVES = 10
"""A factor of 1,000 either way; what is further off is in the outermost bucket."""


class Pair(NamedTuple):
    """What was predicted, in visible tokens, and the visible tokens that came."""

    predicted: Range
    measured: int

    @property
    def log2_ratio(self) -> float:
        """Return log2 of the expected length by the measured one."""
        return log2(self.predicted.expected / self.measured)

    @property
    def bucket(self) -> int:
        """Return the bucket of the histogram that the ratio is in."""
        most = MAX_OCTAVES * BUCKETS_PER_OCTAVE
        return max(-most, min(most, round(self.log2_ratio * BUCKETS_PER_OCTAVE)))

    @property
    def is_within_2(self) -> bool:
        """Tell whether the prediction is within a factor of 2."""
        return abs(self.log2_ratio) <= 1

    @property
    def is_covered(self) -> bool:
        """Tell whether the answer is between the predicted low and high."""
        return self.predicted.low <= self.measured <= self.predicted.high


class Bucket(NamedTuple):
    """A bucket's sums over some days; `log2_ratio` is the sum of the logarithms."""

    bucket: int
    pairs: int
    within_2: int
    covered: int
    log2_ratio: float


def summed_up(buckets: Sequence[Bucket]) -> Prediction:
    """Return how the predictions did."""
    filled = sorted(one for one in buckets if one.pairs > 0)
    pairs = sum(one.pairs for one in filled)
    if not pairs:
        return NO_PREDICTION
    middles = [_nth(filled, (pairs - 1) // 2), _nth(filled, pairs // 2)]
    return Prediction(
        pairs=pairs,
        median_ratio=2 ** (sum(middles) / 2),
        within_2=sum(one.within_2 for one in filled) / pairs,
        coverage=sum(one.covered for one in filled) / pairs,
    )


def _nth(buckets: Sequence[Bucket], number: int) -> float:
    """Return the mean logarithm of the bucket that the pair of that number, from 0, is in."""
    for one in buckets:
        if number < one.pairs:
            return one.log2_ratio / one.pairs
        number -= one.pairs
    raise ValueError(number)
