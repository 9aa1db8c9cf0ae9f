"""US dollars as a person reads them."""

from babel.numbers import format_decimal

from bot.presentation.numbers import format_number
from bot.presentation.translator import Translator

LEAST_CENTS, NO_CENTS = 0.1, 1000
"""From where on cents are shown in full, and from where on they don't matter."""


def dollars(value: float, t: Translator) -> str:
    """Return such as "2,61 $", "0,0032 $", "12 300 $"."""
    shown = format_number(value, t, 3 if value >= NO_CENTS else 2)
    if LEAST_CENTS <= value < NO_CENTS:
        shown = format_decimal(value, format="#,##0.00", locale=t.locale)
    return t("unit.dollars", number=shown)
