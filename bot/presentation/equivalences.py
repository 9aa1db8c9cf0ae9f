"""Everyday equivalents in words."""

from collections.abc import Sequence

from bot.estimation.facts.equivalents import Equivalence
from bot.presentation.numbers import NO_BREAK, format_number, significant
from bot.presentation.translator import Translator


def in_words(one: Equivalence, t: Translator) -> str:
    """Return such as "4 min de lampe LED", "2,2 % d’une charge de téléphone", "24 gouttes d’eau"."""
    shown = significant(one.quantity, 2)
    text = format_number(one.quantity, t)
    key = f"equivalent.{one.equivalent.id}"
    if one.unit == "%":
        return t(f"{key}.share", quantity=t("unit.percent", number=text))
    if one.unit == "d":
        return t(key, quantity=t.many("unit.days", shown, count=text))
    if one.unit:
        return t(key, quantity=f"{text}{NO_BREAK}{one.unit}")
    return t.many(key, shown, count=text)


def same(equivalences: Sequence[Equivalence], t: Translator) -> str:
    """Return what they are the same as, all of one dimension: "≈ même énergie que 4 min de lampe LED"."""
    named = " · ".join(in_words(one, t) for one in equivalences)
    kind = equivalences[0].equivalent.dimension
    return f"≈{NO_BREAK}{t(f'equivalence.{kind}', equivalences=named)}"


def lines(equivalences: Sequence[Equivalence], t: Translator) -> list[str]:
    """Return a line for each dimension: energy stands beside energy, CO2e beside CO2e, water beside water."""
    kinds: dict[str, list[Equivalence]] = {}
    for one in equivalences:
        kinds.setdefault(one.equivalent.dimension, []).append(one)
    return [same(alike, t) for alike in kinds.values()]
