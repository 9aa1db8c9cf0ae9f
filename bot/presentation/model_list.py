"""The list that `/models` and `python -m bot models` show."""

from collections.abc import Sequence

from bot.presentation.numbers import ENERGY, format_integer, format_quantity
from bot.presentation.translator import Translator, escape_markdown
from bot.usecases.records.estimates import ModelEnergy


def lines(rows: Sequence[ModelEnergy], left: int, t: Translator, query: str, answer_tokens: int) -> list[str]:
    """Return a line per model, and how many more there are; a sentence when no model fits the query.

    `answer_tokens` are those of the ordinary answer.
    """
    if not rows:
        return [t("models.none", query=escape_markdown(query))]
    shown = [t("models.intro", tokens=format_integer(answer_tokens, t)), ""]
    for model, energy_wh, thinks in rows:
        line, energy = "models.line_thinking" if thinks else "models.line", format_quantity(energy_wh, ENERGY, t)
        shown.append(t(line, key=model.key, title=model.title, energy=energy))
    if left:
        shown.append(t.many("models.more", left))
    return shown
