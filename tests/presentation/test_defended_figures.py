"""Training, checks, `/about` and the *Méthode* explanation in words: complete, within Discord's limits, sourced."""

import discord
import pytest

from bot.client.button_state import ButtonState
from bot.estimation.estimator import Estimator
from bot.estimation.footprint import Request
from bot.estimation.ranges import Range
from bot.presentation import about, checks, days, embeds, training
from bot.presentation.numbers import format_compact
from bot.presentation.translator import Catalogues, Translator
from bot.usecases.estimates import Estimates
from bot.usecases.records.trainings import AverageUse

EMBED_LIMIT, FIELD_LIMIT, DESCRIPTION_LIMIT = 6000, 1024, 4096


@pytest.fixture(params=["fr", "en"])
def t(request: pytest.FixtureRequest, catalogues: Catalogues) -> Translator:
    return catalogues.translator(request.param)


def fits(embed: discord.Embed, parts: list[tuple[str, str]]) -> None:
    assert len(embed) <= EMBED_LIMIT
    assert len(embed.description or "") <= DESCRIPTION_LIMIT
    assert [(field.name, field.value) for field in embed.fields] == parts, "a section was cut"
    assert all(0 < len(field.value or "") <= FIELD_LIMIT for field in embed.fields)


def said(embed: discord.Embed) -> str:
    text = "\n".join([embed.title or "", embed.description or "", *(field.value or "" for field in embed.fields)])
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def page(answers: Estimates, t: Translator, model: str, answer: AverageUse | None = None) -> discord.Embed:
    shown = answers.training(model, answer)
    text = "\n".join(training.page_lines(shown, t))
    embed = embeds.sections(training.page_title(shown, t), text, training.page_sections(shown, t))
    fits(embed, training.page_sections(shown, t))
    return embed


def test_every_training_has_a_page(answers: Estimates, t: Translator) -> None:
    for one in answers.estimator.trainings:
        text = said(page(answers, t, one.id))
        assert days.written(one.fact.date, t) in text
        assert one.fact.source in text
        assert one.fact.url in text, one.id
        if one.energy_wh is None:
            assert t("training.no_energy").replace("\u00a0", " ").replace("\u202f", " ") in text


def test_the_overview(answers: Estimates, t: Translator) -> None:
    overview = answers.trainings()
    parts = training.overview_sections(overview, t)
    embed = embeds.sections(t("training.title"), "\n".join(training.overview_lines(overview, t)), parts)
    fits(embed, parts)
    text = said(embed)
    energies = [row.training.energy_wh for row in overview.rows]
    assert energies == sorted(energies, key=lambda energy: -(energy or 0))
    for model in ("Llama 3.1 405B", "GPT-3 175B", "BLOOM 176B"):
        assert model in text


def test_the_correction_in_french(answers: Estimates, catalogues: Catalogues) -> None:
    for model in ("Llama 3.1 405B", "Llama 4", "Llama 4 Scout"):
        text = said(page(answers, catalogues.translator("fr"), model))
        for part in ("21 000 GWh", "21 588 MWh", "21,6 GWh", "5,17 GWh", "4 300 foyers", "9 700 habitants"):
            assert part in text, (model, part)
    assert "21 000 GWh" not in said(page(answers, catalogues.translator("fr"), "BLOOM"))


def test_break_even_in_english(answers: Estimates, catalogues: Catalogues) -> None:
    t = catalogues.translator("en")
    text = said(page(answers, t, "gpt3", AverageUse(Range.exactly(0.332), "GPT-4o mini")))
    assert "**3.9 billion**" in text
    assert "this server’s average (answers estimated for GPT-4o mini)" in text
    own = said(page(answers, t, "Llama 3.1 405B"))
    assert "**25 days**" in own
    assert "405B" in own.split("400 tokens by ")[1][:40]
    assert "400 tokens by GPT-4o" in said(page(answers, t, "gpt3"))
    assert "**2.1 h**" in said(page(answers, t, "llama2_7b"))


def test_mistral_is_said_to_be_a_life_cycle(answers: Estimates, catalogues: Catalogues) -> None:
    text = said(page(answers, catalogues.translator("fr"), "Mistral Large 2"))
    for part in ("Cycle de vie", "18 mois", "20 400 t", "281 000 m³", "660 kg Sb", "non publiée"):
        assert part in text
    assert "ChatGPT" not in text


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [(6.5e10, "65 milliards", "65 billion"), (2.7e6, "2,7 millions", "2.7 million"), (184_320, "180 000", "180,000")],
)
def test_large_numbers(catalogues: Catalogues, value: float, french: str, english: str) -> None:
    assert (
        format_compact(value, catalogues.translator("fr"))
        .replace("\u202f", " ")
        .replace("\u00a0", " ")
        .replace("\u202f", " ")
        == french
    )
    assert format_compact(value, catalogues.translator("en")) == english


def test_the_checks(answers: Estimates, t: Translator) -> None:
    found, crosscheck = answers.checks()
    parts = checks.sections(found, t)
    embed = embeds.sections(t("checks.title"), checks.intro(crosscheck, t), parts)
    fits(embed, parts)
    text = said(embed)
    shown = [one for one in found if one.fact.listed]
    assert len(embed.fields) == len(shown) >= 10
    for one in shown:
        assert days.written(one.fact.date, t) in text
        assert one.model.title in text
    assert "88" in text and "28" in text and "160" in text


@pytest.mark.parametrize(
    ("ratio", "french"), [(1.05, "autant"), (0.93, "autant"), (2.27, "2,3 fois plus"), (0.0385, "26 fois moins")]
)
def test_ratios_in_words(catalogues: Catalogues, ratio: float, french: str) -> None:
    assert checks.ratio(ratio, catalogues.translator("fr")) == french


def test_about(answers: Estimates, t: Translator) -> None:
    shown = answers.about()
    parts = about.sections(shown, t)
    embed = embeds.sections(about.title(t), t("about.text"), parts)
    fits(embed, parts)
    assert len(embed) < 3200, "calm"
    text = said(embed)
    for part in (
        str(len(answers.estimator.models)),
        "215",
        "95",
        "ADEME",
        days.written("2026-07-01", t),
        "MIT",
        "1/5",
        "64",
    ):
        assert part in text
    assert len(parts[6][1].splitlines()) <= 10


def test_every_code_in_config_has_words(estimator: Estimator, t: Translator) -> None:
    wanted: set[str] = set()
    for one in estimator.trainings:
        wanted.add(f"training.confidence.{one.fact.confidence}")
        if one.energy_wh is not None:
            wanted.add(f"training.energy_basis.{one.fact.energy_basis}")
        if one.gwp_g is not None:
            wanted.add(f"training.co2_basis.{one.fact.co2_basis}")
        if one.fact.noted:
            wanted.add(f"training.note.{one.id}")
    prefixes = ("training.confidence.", "training.energy_basis.", "training.co2_basis.", "training.note.")
    assert wanted == {key for key in t.keys if key.startswith(prefixes)}
    entries = estimator.measured.entries.values()
    own = {f"measured.{one.id}.{part}" for one in entries if not one.subject for part in ("title", "conditions")}
    shared = {f"measured.setting.{one.setting}" for one in entries if one.setting} | {"measured.of_model"}
    assert own | shared == {key for key in t.keys if key.startswith("measured.")}
    assert {f"checks.kind.{one.kind}" for one in entries} == {key for key in t.keys if key.startswith("checks.kind.")}


def explained(answers: Estimates, model: str, zone: str | None, t: Translator) -> discord.Embed:
    one = answers.footprint("Merci d’écrire un long rapport sur la pluie.", Request(model=model, zone=zone)).footprint
    return embeds.explanation(answers.explain(ButtonState.from_footprint(one, None)), t)


def test_the_explanation_fits_for_every_model(answers: Estimates, t: Translator) -> None:
    for model in answers.estimator.models:
        embed = explained(answers, model.key, None, t)
        assert len(embed) <= EMBED_LIMIT
        assert all(0 < len(field.value or "") <= FIELD_LIMIT for field in embed.fields), model.name


def test_the_explanation_fits_for_every_zone(answers: Estimates, t: Translator) -> None:
    for zone in answers.estimator.zones.codes():
        embed = explained(answers, "google_genai/gemini-2.5-pro", zone, t)
        assert len(embed) <= EMBED_LIMIT
        assert all(0 < len(field.value or "") <= FIELD_LIMIT for field in embed.fields), zone


def test_the_explanation_defends_itself(answers: Estimates, catalogues: Catalogues) -> None:
    text = said(explained(answers, "openai/gpt-4o", "FRA", catalogues.translator("fr")))
    for part in (
        "0,37 à 5,1",
        "médiane 0,72",
        "27 cas",
        "1/5",
        "1/20 à 1/2",
        "64 requêtes",
        "16 bits",
        "23 novembre 2026",
    ):
        assert part in text, part
