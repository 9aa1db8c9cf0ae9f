"""Sources as they are shown: names stay in their language, all around them is in the reader's."""

import re

import pytest

from bot.estimation.estimator import Estimator
from bot.estimation.facts.fact import CONFIG_DIR, Fact
from bot.estimation.facts.politeness_facts import PolitenessFacts
from bot.estimation.facts.thoughts import Thoughts
from bot.presentation import sources
from bot.presentation.translator import Catalogues

EXPLAINS = re.compile(
    r"\b(derived|citing|constant|convention|definition|judgement|via|used by|quoted|at [0-9a-f]{7})\b", re.I
)
"""Words by which a source is explained: those belong into `basis`, `via` and `note`."""


def shown(estimator: Estimator) -> list[Fact]:
    """All facts whose sources people read."""
    politeness = PolitenessFacts.load(CONFIG_DIR)
    return [
        *(one.fact for one in estimator.equivalents.values()),
        *(one.fact for one in estimator.trainings.search("")),
        *estimator.trainings.references.values(),
        *(fact for one in Thoughts.load(CONFIG_DIR).every for fact in one.facts),
        *politeness.figures.values(),
    ]


def test_a_source_is_a_name(estimator: Estimator) -> None:
    facts = shown(estimator)
    assert len(facts) > 60
    assert not [fact.source for fact in facts if EXPLAINS.search(fact.source)]


@pytest.mark.parametrize(
    ("given", "french", "english"),
    [
        ({}, "[A](https://a.org), 2020", "[A](https://a.org), 2020"),
        ({"basis": "derived"}, "calculé d’après [A](https://a.org), 2020", "worked out from [A](https://a.org), 2020"),
        (
            {"via": "B", "basis": "convention"},
            "convention, d’après A, cité par [B](https://a.org), 2020",
            "a convention, after A, quoted by [B](https://a.org), 2020",
        ),
    ],
)
def test_in_words(catalogues: Catalogues, given: dict[str, str], french: str, english: str) -> None:
    fact = Fact.model_validate(
        {"id": "a", "unit": "Wh", "source": "A", "url": "https://a.org", "date": "2020", "verified": True, **given}
    )
    assert sources.linked(fact, catalogues.translator("fr")) == french
    assert sources.linked(fact, catalogues.translator("en")) == english


def test_in_a_terminal(catalogues: Catalogues) -> None:
    fact = Fact(id="a", unit="Wh", source="A", via="B", url="https://a.org", date="2026-07-01", verified=True)
    assert sources.plain(fact, catalogues.translator("fr")) == "A, cité par B <https://a.org> (1er juillet 2026)"
    assert catalogues.translator("fr")("cli.source", what="x", source="y") == "x\u202f: y"
