"""Everyday equivalents in words."""

from bot.estimation.facts.equivalents import Picture
from bot.presentation.numbers import NO_BREAK, number, significant
from bot.presentation.translator import Words


def in_words(one: Picture, words: Words) -> str:
    """Return such as "4 min de lampe LED", "2,2 % d’une charge de téléphone", "24 gouttes d’eau"."""
    shown = significant(one.quantity, 2)
    text = number(one.quantity, words)
    key = f"equivalent.{one.equivalent.id}"
    if one.unit == "%":
        return words(f"{key}.share", quantity=words("unit.percent", number=text))
    if one.unit == "d":
        return words(key, quantity=words.many("unit.days", shown, count=text))
    if one.unit:
        return words(key, quantity=f"{text}{NO_BREAK}{one.unit}")
    return words.many(key, shown, count=text)


def row(pictures: list[Picture], words: Words) -> str:
    """Return the pictures in one line."""
    return " · ".join(in_words(one, words) for one in pictures)
