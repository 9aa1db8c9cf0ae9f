"""All trainings as a table, for the documentation."""

from collections.abc import Sequence

from bot.estimation.facts.training_facts import Training
from bot.presentation import sources
from bot.presentation.numbers import DERIVED, ENERGY, GWP, PUBLISHED, format_quantity
from bot.presentation.training_basis import basis_of_each
from bot.presentation.translator import Translator
from bot.presentation.typography import listed


def markdown_table(trainings: Sequence[Training], t: Translator) -> str:
    """Return all trainings as a Markdown table."""
    heads = [t(f"training.table.{name}") for name in ("model", "energy", "gwp", "basis", "source")]
    lines = [heads, ["---"] * len(heads), *(_table_row(one, t) for one in trainings)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _table_row(training: Training, t: Translator) -> list[str]:
    none = t("training.table.none")
    name = f"{training.model} ({training.year})"
    if training.life_cycle:
        name = t("training.table.life_cycle", name=name)
    return [
        name,
        none if training.energy_wh is None else format_quantity(training.energy_wh, ENERGY, t, DERIVED),
        none if training.gwp_g is None else format_quantity(training.gwp_g, GWP, t, PUBLISHED),
        listed([*basis_of_each(training, t), t(f"training.confidence.{training.fact.confidence}")], t.language),
        sources.linked(training.fact, t),
    ]
