"""Numbers and amounts as a person reads them: few digits, the unit that fits, the language's signs."""

import math

from babel.numbers import format_compact_decimal, format_decimal

from bot.estimation.ranges import Range
from bot.presentation.translator import Translator

NO_BREAK = "\u00a0"

ENERGY = ((1e9, "GWh"), (1e6, "MWh"), (1e3, "kWh"), (0.01, "Wh"), (0.0, "mWh", 1e-3))
GWP = ((1e6, "t CO₂e"), (1e3, "kg CO₂e"), (0.01, "g CO₂e"), (0.0, "mg CO₂e", 1e-3))
WATER = ((1e6, "m³"), (1e3, "L"), (0.01, "mL"), (0.0, "µL", 1e-3))
PRIMARY_ENERGY = ((1e6, "GJ"), (1e3, "MJ"), (0.1, "kJ"), (0.0, "J", 1e-3))
METALS = ((1e6, "g Sb"), (1e3, "mg Sb"), (0.01, "µg Sb"), (0.0, "ng Sb", 1e-3))
"""From which amount on (in Wh, g, mL, kJ, ug) a unit is used; its size where that isn't the same number."""

WIDE = 1.1
"""A range whose high end is more than so many times its low end is wide: its figures have two digits."""

DERIVED, PUBLISHED = 3, 4
"""Digits of what has no range: derived from published figures, and published itself."""

UnitScale = tuple[tuple[float, str] | tuple[float, str, float], ...]


def significant(value: float, digits: int) -> float:
    """Return the value rounded to so many significant digits."""
    if value == 0 or not math.isfinite(value):
        return value
    return round(value, digits - 1 - math.floor(math.log10(abs(value))))


def digits_of(quantity: Range) -> int:
    """Return how many significant digits a range allows: two where it is wide, three where it is narrow."""
    return 2 if quantity.high > WIDE * quantity.low else 3


def format_number(value: float, t: Translator, digits: int = 2) -> str:
    """Return the value with so many significant digits: 0.8349 is "0,83", 1234 is "1 200" in French."""
    return format_decimal(significant(value, digits), format="#,##0.##########", locale=t.locale)


def format_integer(value: float, t: Translator) -> str:
    """Return the value rounded to a whole number, all its digits shown."""
    return format_decimal(round(value), format="#,##0", locale=t.locale)


def format_quantity(value: float, units: UnitScale, t: Translator, digits: int = 2) -> str:
    """Return the value with the unit of the units that fits."""
    size, unit = _unit(value, units)
    return f"{format_number(value / size, t, digits)}{NO_BREAK}{unit}"


def format_interval(quantity: Range, units: UnitScale, t: Translator, digits: int = 2) -> str:
    """Return low and high in the unit that fits the expected value: "0,16 – 2,1".

    Where it has to be broken, it is after the dash: lines break there even before a no-break space, which would then
    begin the next one.
    """
    size, _ = _unit(quantity.expected, units)
    return f"{NO_BREAK}– ".join(format_number(value / size, t, digits) for value in (quantity.low, quantity.high))


def one_unit(value: float, units: UnitScale) -> UnitScale:
    """Return the units with nothing but the unit that fits the value, for figures that stand side by side."""
    size, unit = _unit(value, units)
    return ((0.0, unit, size),)


def tokens(value: float, t: Translator) -> str:
    """Return a predicted number of tokens, to two digits from 100 on: nobody knows the third."""
    return format_number(value, t) if value >= 100 else format_integer(value, t)


def format_compact(value: float, t: Translator) -> str:
    """Return a large number with two significant digits: "28 milliards", "2.7 million"."""
    rounded = significant(value, 2)
    if rounded < 1e6:
        return format_integer(rounded, t)
    return format_compact_decimal(rounded, format_type="long", locale=t.locale, fraction_digits=1)


def _unit(value: float, units: UnitScale) -> tuple[float, str]:
    for least, unit, *size in units:
        if value >= least:
            return (size[0] if size else _own_size(least)), unit
    raise ValueError("an amount can't be negative")


def _own_size(least: float) -> float:
    return least if least >= 1 else 1.0
