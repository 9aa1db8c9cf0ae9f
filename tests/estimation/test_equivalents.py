"""Everyday equivalents: golden values, and what is picked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.estimation.estimator import Estimator
from bot.estimation.facts import equivalents
from bot.estimation.facts.equivalents import PICTURABLE, Equivalent
from bot.estimation.facts.fact import CONFIG_DIR

ALL = equivalents.load_equivalents(CONFIG_DIR)
GPT_4O_MAIL = {"energy": 0.332, "gwp": 0.135, "water": 1.20}


@pytest.mark.parametrize(
    ("name", "amount", "quantity", "unit"),
    [
        ("led_5w_hour", 0.332, 3.984, "min"),
        ("led_5w_hour", 5.0, 1.0, "h"),
        ("led_5w_hour", 0.01, 7.2, "s"),
        ("smartphone_charge", 14.92, 99.4667, "%"),
        ("smartphone_charge", 30.0, 2.0, ""),
        ("car_thermal_km", 0.135, 94.9011, "cm"),
        ("car_thermal_km", 142.2534, 1.0, "km"),
        ("tgv_km", 0.135, 46.0751, "m"),
        ("water_drop", 1.20, 24.0, ""),
        ("fridge_day", 948.0 / 2, 12.0, "h"),
        ("paris_nyc_return", 2_060_000.0, 1.0, ""),
        ("smartphone_metals", 2.05e6, 1.0, ""),
    ],
)
def test_golden(name: str, amount: float, quantity: float, unit: str) -> None:
    one = equivalents.picture(ALL[name], amount)
    assert one.quantity == pytest.approx(quantity, rel=1e-4)
    assert one.unit == unit


def test_the_mail_is_easy_to_picture() -> None:
    picked = equivalents.pick(ALL.values(), GPT_4O_MAIL)
    assert [one.equivalent.id for one in picked] == [
        "led_5w_hour",
        "smartphone_charge",
        "car_thermal_km",
        "water_drop",
    ]


AMOUNTS = st.floats(min_value=1e-3, max_value=1e12)


@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_only_numbers_that_can_be_pictured(energy: float, gwp: float, water: float) -> None:
    picked = equivalents.pick(ALL.values(), {"energy": energy, "gwp": gwp, "water": water})
    assert len(picked) <= 4
    assert all(PICTURABLE[0] <= one.quantity <= PICTURABLE[1] for one in picked)
    assert len({one.equivalent.id for one in picked}) == len(picked)


@given(st.floats(min_value=0.05, max_value=1e9))
def test_dimensions_are_mixed(energy: float) -> None:
    amounts = {"energy": energy, "gwp": energy * 0.4, "water": energy * 3.6}
    picked = equivalents.pick(ALL.values(), amounts)
    assert len({one.equivalent.dimension for one in picked}) >= 2
    assert len(picked) >= 3


def test_no_water_no_drops() -> None:
    picked = equivalents.pick(ALL.values(), {"energy": 14.92, "gwp": 9.1})
    assert {one.equivalent.dimension for one in picked} == {"energy", "gwp"}


def test_scale_of_one_gram(estimator: Estimator) -> None:
    at_scale = estimator.scale.for_gwp(1.0)
    assert at_scale.gwp_t == pytest.approx(29_200)
    assert at_scale.flights_paris_nyc == pytest.approx(29_200 / 177)
    assert at_scale.passengers_paris_nyc == pytest.approx(at_scale.flights_paris_nyc * 100)


def test_units_become_ours() -> None:
    def value(name: str) -> float:
        one: Equivalent = ALL[name]
        return one.value

    assert value("french_household_year") == 5_050_000
    assert value("shower_short") == 60_000
    assert value("tgv_km") == pytest.approx(2.93)
