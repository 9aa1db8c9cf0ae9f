"""Write the tables of docs/method.md and docs/methode.md anew, from what the bot computes and from `config/`.

    python -m scripts.method_tables

A table stands between `<!-- name -->` and `<!-- /name -->`; a test refuses one that has drifted.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import ecologits

from bot.estimation.estimator import Estimator
from bot.estimation.facts import equivalents
from bot.estimation.facts.assumptions import Assumption
from bot.estimation.facts.equivalents import EquivalentFact
from bot.estimation.facts.fact import CONFIG_DIR
from bot.estimation.facts.training_facts import Reference
from bot.presentation import checks, equivalences, sources, training_table
from bot.presentation.numbers import ENERGY, GWP, format_interval, format_number, format_quantity
from bot.presentation.translator import Catalogues, Translator
from bot.usecases import evidence
from bot.usecases.estimates import Estimates
from scripts import method_measured

ROOT = Path(__file__).parents[1]
PAGES = {"en": ROOT / "docs" / "method.md", "fr": ROOT / "docs" / "methode.md"}


def tables(estimates: Estimates, t: Translator) -> dict[str, str]:
    """Return each table by name."""
    return {
        "lengths": method_measured.lengths(t),
        "goals": method_measured.goals(t),
        "day": method_measured.day(estimates, t),
        "mail": _mail(estimates, t),
        "checks": checks.table(estimates.checks()[0], t),
        "courtesy": method_measured.courtesy(t),
        "training": training_table.markdown_table(list(estimates.estimator.trainings), t),
        "references": _facts(estimates, t),
        "equivalents": _equivalents(estimates, t),
    }


def filled(page: str, found: dict[str, str]) -> str:
    """Return the page with its tables as they are now; `KeyError` for a table that there isn't."""

    def table(match: re.Match[str]) -> str:
        return f"<!-- {match[1]} -->\n{found[match[1]]}\n<!-- /{match[1]} -->"

    return re.sub(r"<!-- (\w+) -->\n.*?<!-- /\1 -->", table, page, flags=re.DOTALL)


def _mail(estimates: Estimates, t: Translator) -> str:
    then, now = evidence.talks_mail(estimates.estimator)
    rows = [f"| EcoLogits | {t('training.table.energy')} | CO₂e |", "| --- | --- | --- |"]
    for name, impact in (("0.2 – 0.8", then), (ecologits.__version__, now)):
        cells = [
            f"{format_quantity(value.expected, scale, t, 3)} ({format_interval(value, scale, t, 3)})"
            for value, scale in ((impact.energy_wh, ENERGY), (impact.gwp_g, GWP))
        ]
        rows.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(rows)


def _facts(estimates: Estimates, t: Translator) -> str:
    estimator = estimates.estimator
    known = [*estimator.assumptions.values(), *estimator.trainings.references.values()]
    return _rows([(f"`{fact.id}`", fact) for fact in known], t)


def _equivalents(estimates: Estimates, t: Translator) -> str:
    known = estimates.estimator.equivalents.values()
    named = [(equivalences.in_words(equivalents.picture(one, one.value), t), one.fact) for one in known]
    return _rows(named, t)


def _rows(named: Sequence[tuple[str, Assumption | Reference | EquivalentFact]], t: Translator) -> str:
    heads = f"| {t('checks.table.what')} | = | {t('checks.table.source')} |"
    rows = [
        f"| {name} | {format_number(fact.value, t, 9)} {fact.unit} | {sources.linked(fact, t)} |"
        for name, fact in named
    ]
    return "\n".join([heads, "| --- | --- | --- |", *rows])


def main() -> None:
    """Write both pages."""
    estimates = Estimates(Estimator.load(CONFIG_DIR, ROOT / "data" / "tiktoken", lambda: datetime.now(UTC)))
    for language, path in PAGES.items():
        found = tables(estimates, Catalogues.load(CONFIG_DIR).translator(language))
        path.write_text(filled(path.read_text(encoding="utf-8"), found), encoding="utf-8")


if __name__ == "__main__":
    main()
