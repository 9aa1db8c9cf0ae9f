"""The list that `/models` and `python -m bot models` show."""

from collections.abc import Sequence

from bot.estimation.impacts.models import Model
from bot.presentation.numbers import ENERGY, amount, whole
from bot.presentation.translator import Words, safe

ANSWER_TOKENS = 400
"""One ordinary answer: EcoLogits Calculator's preset for a short conversation."""

Row = tuple[Model, float]
"""A model and the energy of an ordinary answer, in Wh."""


def lines(rows: Sequence[Row], left: int, words: Words, query: str) -> list[str]:
    """Return a line per model, and how many more there are; a sentence when no model fits the query."""
    if not rows:
        return [words("models.none", query=safe(query))]
    shown = [words("models.intro", tokens=whole(ANSWER_TOKENS, words)), ""]
    for model, energy_wh in rows:
        energy = amount(energy_wh, ENERGY, words)
        shown.append(words("models.line", key=model.key, title=model.title, energy=energy))
    if left:
        shown.append(words.many("models.more", left))
    return shown
