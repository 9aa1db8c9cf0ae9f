"""Electricity mixes: which zones there are, and what EcoLogits' data of each can't be used for."""

import difflib
from dataclasses import dataclass

from ecologits.electricity_mix_repository import ElectricityMix, electricity_mixes

from bot.errors import UserError

WORLD = "WOR"

ELECTRICITY_IN_MJ = 3.6
"""MJ in one kWh: primary energy per kWh can't be less (definition of the units)."""

MAX_CODE = 40
"""Characters of what somebody typed that are looked at."""


@dataclass(frozen=True, slots=True)
class Zone:
    """One electricity mix: ISO 3166-1 alpha-3 code, or WOR (world) and EEE (European Economic Area).

    `has_primary_energy` is false where the data's primary energy per kWh is less than the kWh itself;
    `has_metals` where its metals are the world's, which lack most of what they should hold.
    """

    code: str
    gwp_g_per_kwh: float
    has_primary_energy: bool
    has_metals: bool
    warnings: tuple[str, ...]


def _zone(mix: ElectricityMix) -> Zone:
    codes = tuple(warning.code for warning in mix.warnings)
    return Zone(
        code=mix.zone,
        gwp_g_per_kwh=mix.gwp * 1000,
        has_primary_energy=mix.pe >= ELECTRICITY_IN_MJ,
        has_metals=mix.zone != WORLD and "electricity-mix-adpe-world" not in codes,
        warnings=codes,
    )


class Zones:
    """All zones of the installed EcoLogits by code."""

    def __init__(self) -> None:
        self._by_code = {mix.zone: _zone(mix) for mix in electricity_mixes.list_electricity_mixes()}

    def codes(self) -> list[str]:
        """Return all codes in EcoLogits' order."""
        return list(self._by_code)

    def find(self, wanted: str) -> Zone:
        """Return the zone of that code, in capitals or not; `UserError` with near codes otherwise."""
        code = wanted.strip()[:MAX_CODE].upper()
        if code in self._by_code:
            return self._by_code[code]
        near = difflib.get_close_matches(code, self._by_code, n=3, cutoff=0.6)
        raise UserError("error.unknown_zone", zone=wanted.strip()[:40], nearest=", ".join(near) or "FRA, USA, WOR")
