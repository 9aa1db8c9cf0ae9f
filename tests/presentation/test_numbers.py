"""Numbers as people read them, in both languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.estimation.ranges import Range
from bot.presentation.numbers import (
    ENERGY,
    GWP,
    METALS,
    PRIMARY_ENERGY,
    WATER,
    UnitScale,
    digits_of,
    format_interval,
    format_number,
    format_quantity,
    tokens,
)
from bot.presentation.translator import Catalogues

NB = "\u00a0"


@pytest.mark.parametrize(
    ("value", "ladder", "french", "english"),
    [
        (0.8349, ENERGY, f"0,83{NB}Wh", f"0.83{NB}Wh"),
        (14.92, ENERGY, f"15{NB}Wh", f"15{NB}Wh"),
        (0.0042, ENERGY, f"4,2{NB}mWh", f"4.2{NB}mWh"),
        (5050.0, ENERGY, f"5{NB}kWh", f"5{NB}kWh"),
        (21_588e6, ENERGY, f"22{NB}GWh", f"22{NB}GWh"),
        (0.135, GWP, f"0,14{NB}g CO₂e", f"0.14{NB}g CO₂e"),
        (0.0052, GWP, f"5,2{NB}mg CO₂e", f"5.2{NB}mg CO₂e"),
        (8_930e6, GWP, f"8\u202f900{NB}t CO₂e", f"8,900{NB}t CO₂e"),
        (3.03, WATER, f"3{NB}mL", f"3{NB}mL"),
        (1500.0, WATER, f"1,5{NB}L", f"1.5{NB}L"),
        (3.314, PRIMARY_ENERGY, f"3,3{NB}kJ", f"3.3{NB}kJ"),
        (0.4568, METALS, f"0,46{NB}µg Sb", f"0.46{NB}µg Sb"),
    ],
)
def test_amounts(catalogues: Catalogues, value: float, ladder: UnitScale, french: str, english: str) -> None:
    assert format_quantity(value, ladder, catalogues.translator("fr")) == french
    assert format_quantity(value, ladder, catalogues.translator("en-GB")) == english


def test_a_span_has_the_unit_of_its_middle(catalogues: Catalogues) -> None:
    assert format_interval(Range(0.16, 0.83, 2.1), ENERGY, catalogues.translator("fr")) == f"0,16{NB}– 2,1"
    assert format_interval(Range(700, 1500, 3000), ENERGY, catalogues.translator("en")) == f"0.7{NB}– 3"


def test_predicted_tokens_have_two_digits_at_most(catalogues: Catalogues) -> None:
    t = catalogues.translator("fr")
    assert [tokens(value, t) for value in (8.2, 62.7, 421.3, 1234.0)] == ["8", "63", "420", "1\u202f200"]


@given(st.floats(min_value=0, max_value=1e15))
@pytest.mark.parametrize("ladder", [ENERGY, GWP, WATER, PRIMARY_ENERGY, METALS])
def test_any_amount_can_be_said(catalogues: Catalogues, ladder: UnitScale, value: float) -> None:
    t = catalogues.translator("fr")
    assert format_quantity(value, ladder, t).split(NB)[1]
    assert len(format_number(value, t)) < 40


@pytest.mark.parametrize(
    ("quantity", "digits"),
    [
        (Range(0.25, 0.33, 0.41), 2),
        (Range(7.0, 14.9, 23.0), 2),
        (Range(1.0, 1.02, 1.05), 3),
        (Range.exactly(3.14159), 3),
    ],
)
def test_a_wide_range_has_two_digits(quantity: Range, digits: int) -> None:
    assert digits_of(quantity) == digits
