"""Zones: what their data can't be used for."""

import pytest

from bot.errors import UserError
from bot.estimation.estimator import Estimator
from bot.estimation.footprint import Request
from bot.estimation.impacts.zones import Zones


def test_impossible_primary_energy_is_left_out() -> None:
    zones = Zones()
    without = [code for code in zones.codes() if not zones.find(code).has_primary_energy]
    assert len(without) == 95
    assert "WOR" in without
    assert zones.find("FRA").has_primary_energy


def test_world_metals_are_left_out() -> None:
    zones = Zones()
    assert not zones.find("WOR").has_metals
    fallback = [code for code in zones.codes() if "electricity-mix-adpe-world" in zones.find(code).warnings]
    assert fallback
    assert not any(zones.find(code).has_metals for code in fallback)
    assert zones.find("FRA").has_metals


def test_codes_in_any_case() -> None:
    assert Zones().find(" fra ").code == "FRA"


def test_an_unknown_zone_names_near_ones() -> None:
    with pytest.raises(UserError) as caught:
        Zones().find("FRE")
    assert caught.value.key == "error.unknown_zone"
    assert "FRA" in str(caught.value.values["nearest"])


def test_left_out_figures_are_said(estimator: Estimator) -> None:
    footprint = estimator.estimate("Bonjour, peux-tu m’aider ?", Request(zone="WOR"))
    assert footprint.impact.primary_energy_kj is None
    assert footprint.impact.adpe_ug is None
    assert {"no-primary-energy", "no-metals"} <= set(footprint.warnings)
    french = estimator.estimate("Bonjour, peux-tu m’aider ?", Request(zone="FRA"))
    assert french.impact.primary_energy_kj
    assert french.impact.adpe_ug
