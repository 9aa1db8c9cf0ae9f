"""Two ways of asking: the ratio and what is known of it."""

import pytest

from bot.estimation.footprint import Request
from bot.estimation.phrasings import Phrasings
from bot.presentation import phrasings
from bot.presentation.translator import Catalogues
from bot.usecases.estimates import Estimates

SHORT, LONG = (
    "Résume la photosynthèse en une phrase.",
    "Écris un cours complet sur la photosynthèse, avec dix exercices.",
)


@pytest.mark.parametrize("model", [None, "openai/o3-mini", "mistralai/mistral-large-latest"])
def test_the_ratio_holds_both_ways(answers: Estimates, model: str | None) -> None:
    there = answers.phrasings(SHORT, LONG, Request(model=model))
    back = Phrasings(there.second, there.first)
    assert there.ratio.low < there.ratio.expected < there.ratio.high
    assert there.ratio.expected > 1
    for mine, other in zip(there.ratio, 1 / back.ratio, strict=True):
        assert mine == pytest.approx(other)


def test_the_models_own_range_drops_out(answers: Estimates) -> None:
    asked = answers.phrasings(SHORT, LONG, Request())
    naive = asked.second.impact.energy_wh.high / asked.first.impact.energy_wh.low
    assert asked.ratio.high < naive


@pytest.mark.parametrize(("language", "said"), [("fr", "l’ordre peut s’inverser"), ("en", "the other way round")])
def test_ranges_that_meet_say_so(answers: Estimates, catalogues: Catalogues, language: str, said: str) -> None:
    t = catalogues.translator(language)
    close = answers.phrasings("Explique la pluie.", "Explique la neige, stp.", Request())
    assert said in phrasings.lines(close, t)[0]
    far = answers.phrasings("Merci !", "Écris un roman de 5000 mots.", Request())
    assert far.ratio.low > 1
    assert said not in phrasings.lines(far, t)[0]
