"""The reply's lines in both languages."""

from dataclasses import replace

import pytest

from bot.client.button_state import ButtonState
from bot.estimation.footprint import Request
from bot.estimation.ranges import Range
from bot.presentation import embeds, reply
from bot.presentation.translator import Catalogues
from bot.usecases.estimates import Estimates

MAIL = "Écris un mail pour remercier mon équipe de son travail cette année, s’il te plaît."
EMBED_LIMIT = 6000


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("model", [None, "anthropic/claude-opus-5", "openai/o3-mini", "mistralai/mistral-large-latest"])
@pytest.mark.parametrize("text", [MAIL, "Merci !", "🙂", "x" * 6000, "1\n" * 2999])
def test_embeds_fit_discord(
    answers: Estimates, catalogues: Catalogues, text: str, model: str | None, language: str
) -> None:
    t = catalogues.translator(language)
    shown = answers.footprint(text, Request(model=model), attachments=3)
    embed = embeds.footprint(shown, t)
    assert len(embed) <= EMBED_LIMIT
    explained = answers.explain(ButtonState.from_footprint(shown.footprint, None))
    page = embeds.explanation(explained, t)
    assert len(page) <= EMBED_LIMIT
    assert all(0 < len(field.value or "") <= 1024 for field in page.fields)


def test_the_french_reply(answers: Estimates, catalogues: Catalogues) -> None:
    shown = answers.reply(answers.estimator.estimate(MAIL, Request(answer_tokens=170)), attachments=1)
    t = catalogues.translator("fr")
    text = "\n".join(reply.lines(shown, t)).replace("\u00a0", " ").replace("\u202f", " ")
    assert reply.title(shown, t) == "🐇 GPT-4o · électricité : États-Unis"
    assert "⚡ **0,33 Wh** (0,25 – 0,41)" in text
    assert "🌍 **0,14 g CO₂e** (0,1 – 0,17)" in text
    assert "💧 **1,2 mL** d’eau (0,9 – 1,5)" in text
    assert "≈ même énergie que 4 min de lampe LED · 2,2 % d’une charge de téléphone\n" in text
    assert "≈ même CO₂e que 95 cm en voiture thermique\n" in text
    assert "≈ même volume que 24 gouttes d’eau\n" in text
    assert "→ **170** écrits" in text
    assert text.endswith("entre 17 et 28 avions Paris–New York pleins de 100 passagers, aller-retour")
    assert "🙏 1 formule de politesse" in text
    assert "📎 1 fichier joint n’est pas compté" in text


def test_the_english_reply(answers: Estimates, catalogues: Catalogues) -> None:
    request = Request(method="ecologits-2024", answer_tokens=170)
    shown = answers.reply(answers.estimator.estimate("Write an e-mail, please. Thanks!", request))
    t = catalogues.translator("en-US")
    text = "\n".join(reply.lines(shown, t)).replace("\u00a0", " ").replace("\u202f", " ")
    assert reply.title(shown, t) == "🐘 GPT-4o · electricity: world (average)"
    assert "⚡ **15 Wh** (7 – 23)" in text
    assert "💧 water: this method doesn’t estimate it" in text
    assert "≈ same CO₂e as 64 m by combustion car" in text
    assert text.endswith("between 710 and 2,300 full Paris–New York planes of 100 passengers, there and back")
    assert "🙏 2 polite phrases" in text
    assert "Method ecologits-2024" in text


@pytest.mark.parametrize(
    ("flights", "french", "english"),
    [
        (1.0, "1 avion Paris–New York plein de", "1 full Paris–New York plane of"),
        (1.004, "1 avion Paris–New York plein de", "1 full Paris–New York plane of"),
        (1.4, "1,4 avion Paris–New York plein de", "1.4 full Paris–New York planes of"),
        (1.9, "1,9 avion Paris–New York plein de", "1.9 full Paris–New York planes of"),
        (1.94, "1,94 avion Paris–New York plein de", "1.94 full Paris–New York planes of"),
        (1.996, "2 avions Paris–New York pleins de", "2 full Paris–New York planes of"),
        (0.0149, "1,49 passager", "1.49 passengers"),
    ],
)
def test_the_number_as_written_decides_the_plural(
    answers: Estimates, catalogues: Catalogues, flights: float, french: str, english: str
) -> None:
    shown = answers.reply(answers.estimator.estimate(MAIL, Request()))
    impact = shown.footprint.impact
    exact = impact._replace(gwp_g=Range.exactly(impact.gwp_g.expected))
    shown = replace(shown, footprint=shown.footprint._replace(impact=exact))
    at_scale = replace(shown.at_scale, flights_paris_nyc=flights, passengers_paris_nyc=flights * 100)
    for language, sentence in (("fr", french), ("en", english)):
        text = "\n".join(reply.lines(replace(shown, at_scale=at_scale), catalogues.translator(language)))
        assert sentence in text


def test_the_explanation_tells_the_story(answers: Estimates, catalogues: Catalogues) -> None:
    one = answers.footprint(MAIL, Request(zone="FRA")).footprint
    explained = answers.explain(ButtonState.from_footprint(one, None))
    page = embeds.explanation(explained, catalogues.translator("fr"))
    text = "\n".join(field.value or "" for field in page.fields).replace("\u00a0", " ").replace("\u202f", " ")
    for part in ("14,9 Wh (7 – 23)", "0,25 – 0,41 Wh", "France (41 g CO₂e/kWh)", "facteur 3", "impactco2.fr"):
        assert part in text


def test_the_explanation_is_that_of_the_reply(answers: Estimates) -> None:
    one = answers.footprint(MAIL, Request(model="google_genai/gemini-2.5-pro", zone="SWE")).footprint
    explained = answers.explain(ButtonState.from_footprint(one, None))
    again = explained.reply.footprint
    assert again.impact.energy_wh.expected == pytest.approx(one.impact.energy_wh.expected, rel=1e-3)
    assert again.impact.gwp_g.high == pytest.approx(one.impact.gwp_g.high, rel=1e-3)


@pytest.mark.parametrize(("language", "sentence"), [("fr", "🐇 dit la taille"), ("en", "🐇 tells this answer’s size")])
def test_the_animal_is_explained(answers: Estimates, catalogues: Catalogues, language: str, sentence: str) -> None:
    shown = answers.reply(answers.estimator.estimate(MAIL, Request(answer_tokens=170)))
    text = reply.size(shown, answers.estimator.sizes.classes, catalogues.translator(language))
    assert sentence in text
    assert all(one.emoji in text for one in answers.estimator.sizes.classes)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_comparison_says_what_it_compares(answers: Estimates, catalogues: Catalogues, language: str) -> None:
    t = catalogues.translator(language)
    for model, text in ((None, MAIL), ("openai/o3-mini", MAIL), (None, "x" * 6000), ("mistral large", "?")):
        shown = answers.footprint(text, Request(model=model))
        said = [line for line in reply.lines(shown, t) if line.startswith("≈")]
        compared = dict.fromkeys(one.equivalent.dimension for one in shown.equivalences)
        beginnings = [t(f"equivalence.{dimension}", equivalences="") for dimension in compared]
        assert len(said) == len(beginnings) > 1
        assert all(begin in line for begin, line in zip(beginnings, said, strict=True))
