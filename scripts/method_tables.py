"""Write the tables of docs/method.md and docs/methode.md anew, from what the bot computes and from `config/`.

    python -m scripts.method_tables

A table stands between `<!-- name -->` and `<!-- /name -->`; a test refuses one that has drifted.
"""

import re
from datetime import UTC, datetime
from pathlib import Path

import ecologits

from bot.estimation.estimator import Estimator
from bot.estimation.facts import equivalents
from bot.estimation.facts.fact import CONFIG_DIR, Fact
from bot.presentation import checks, equivalences, training
from bot.presentation.numbers import ENERGY, GWP, amount, number, span
from bot.presentation.translator import Catalogues, Words
from bot.usecases.estimates import Answers

ROOT = Path(__file__).parents[1]
PAGES = {"en": ROOT / "docs" / "method.md", "fr": ROOT / "docs" / "methode.md"}


def tables(answers: Answers, words: Words) -> dict[str, str]:
    """Return each table by name."""
    return {
        "mail": _mail(answers, words),
        "checks": checks.table(answers.checks()[0], words),
        "training": training.table(list(answers.estimator.trainings), words),
        "references": _facts(answers, words),
        "equivalents": _equivalents(answers, words),
    }


def filled(page: str, found: dict[str, str]) -> str:
    """Return the page with its tables as they are now; `KeyError` for a table that there isn't."""

    def table(match: re.Match[str]) -> str:
        return f"<!-- {match[1]} -->\n{found[match[1]]}\n<!-- /{match[1]} -->"

    return re.sub(r"<!-- (\w+) -->\n.*?<!-- /\1 -->", table, page, flags=re.DOTALL)


def _mail(answers: Answers, words: Words) -> str:
    then, now = answers.talks_mail()
    rows = [f"| EcoLogits | {words('training.table.energy')} | CO₂e |", "| --- | --- | --- |"]
    for name, impact in (("0.2 – 0.8", then), (ecologits.__version__, now)):
        energy = f"{amount(impact.energy_wh.expected, ENERGY, words, 3)} ({span(impact.energy_wh, ENERGY, words, 3)})"
        gwp = f"{amount(impact.gwp_g.expected, GWP, words, 3)} ({span(impact.gwp_g, GWP, words, 3)})"
        rows.append(f"| {name} | {energy} | {gwp} |")
    return "\n".join(rows)


def _facts(answers: Answers, words: Words) -> str:
    estimator = answers.estimator
    known = [*estimator.assumptions.values(), *estimator.trainings.references.values()]
    return _rows([(f"`{fact['id']}`", fact) for fact in known], words)


def _equivalents(answers: Answers, words: Words) -> str:
    known = answers.estimator.equivalents.values()
    named = [(equivalences.in_words(equivalents.picture(one, one.value), words), one.fact) for one in known]
    return _rows(named, words)


def _rows(named: list[tuple[str, Fact]], words: Words) -> str:
    heads = f"| {words('checks.table.what')} | = | {words('checks.table.source')} |"
    rows = [
        f"| {name} | {number(fact['value'], words, 9)} {fact['unit']} | {training.source(fact, words)} |"
        for name, fact in named
    ]
    return "\n".join([heads, "| --- | --- | --- |", *rows])


def main() -> None:
    """Write both pages."""
    now = datetime.now(UTC)
    answers = Answers(Estimator.load(CONFIG_DIR, ROOT / "data" / "tiktoken", now), now.date())
    for language, path in PAGES.items():
        found = tables(answers, Catalogues.load(CONFIG_DIR).words(language))
        path.write_text(filled(path.read_text(encoding="utf-8"), found), encoding="utf-8")


if __name__ == "__main__":
    main()
