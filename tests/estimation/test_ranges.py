"""Ranges: their arithmetic isn't a tuple's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.estimation.ranges import Range

AMOUNTS = st.lists(st.floats(0.001, 1e6), min_size=3, max_size=3).map(lambda ends: Range(*sorted(ends)))


def test_ranges_add_up_end_by_end() -> None:
    assert Range(1, 2, 4) + Range(10, 20, 40) == Range(11, 22, 44)
    assert sum([Range(1, 2, 4)] * 3, Range.exactly(0)) == Range(3, 6, 12)


def test_ranges_scale() -> None:
    assert Range(1, 2, 4) * 3 == 3 * Range(1, 2, 4) == Range(3, 6, 12)
    assert Range(1, 2, 4) / 2 == Range(0.5, 1, 2)
    assert Range(1, 2, 4) * Range(1, 1.5, 2) == Range(1, 3, 8)


def test_how_many_make_up_an_amount() -> None:
    assert 8 / Range(1, 2, 4) == Range(2, 4, 8)


@given(AMOUNTS, AMOUNTS, st.floats(0.001, 1e3))
def test_order_is_kept(one: Range, other: Range, factor: float) -> None:
    for result in (one + other, one * factor, one * other, one / factor, factor / one):
        assert result.low <= result.expected <= result.high


def test_as_dict() -> None:
    assert Range.exactly(1.5).as_dict() == {"low": 1.5, "expected": 1.5, "high": 1.5}
    with pytest.raises(AttributeError):
        Range.exactly(1.0).low = 2  # pyright: ignore[reportAttributeAccessIssue]
