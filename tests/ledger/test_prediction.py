"""How predictions did, from a histogram."""

from math import log2
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.estimation.ranges import Range
from bot.ledger.prediction import Bucket, Pair, summed_up
from bot.ledger.records import NO_PREDICTION, Prediction

LENGTHS = st.tuples(st.integers(5, 5000), st.integers(5, 5000))


def pair(expected: float, measured: int) -> Pair:
    return Pair(Range(expected / 3, expected, expected * 3), measured)


def buckets(pairs: list[Pair]) -> list[Bucket]:
    return [
        Bucket(
            number,
            len(some),
            sum(one.is_within_2 for one in some),
            sum(one.is_covered for one in some),
            sum(one.log2_ratio for one in some),
        )
        for number in {one.bucket for one in pairs}
        if (some := [one for one in pairs if one.bucket == number])
    ]


def test_nothing_says_nothing() -> None:
    assert summed_up([]) == NO_PREDICTION == Prediction(0, None, None, None)


def test_one_pair_is_exact() -> None:
    found = summed_up(buckets([pair(515, 412)]))
    assert found.median_ratio == pytest.approx(515 / 412, rel=1e-12)
    assert (found.pairs, found.within_2, found.coverage) == (1, 1.0, 1.0)


def test_shares_have_their_edges_inside() -> None:
    found = summed_up(buckets([pair(200, 100), pair(50, 100), pair(301, 100), pair(300, 100), pair(10, 100)]))
    assert found.within_2 == 2 / 5
    assert found.coverage == 3 / 5


@given(st.lists(LENGTHS, min_size=1, max_size=60))
def test_the_median_is_near_the_true_one(lengths: list[tuple[int, int]]) -> None:
    pairs = [pair(predicted, measured) for predicted, measured in lengths]
    found = summed_up(buckets(pairs)).median_ratio
    true = median(one.log2_ratio for one in pairs)
    assert found is not None
    assert abs(log2(found) - true) <= 0.25 + 1e-9
