"""The pages that explain the method: their tables are what the bot computes, and both languages say the same."""

import re

import pytest

from bot.presentation.translator import Catalogues
from bot.usecases.estimates import Estimates
from scripts.method_tables import PAGES, filled, tables

NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


@pytest.mark.parametrize("language", PAGES)
def test_the_tables_have_not_drifted(answers: Estimates, catalogues: Catalogues, language: str) -> None:
    page = PAGES[language].read_text(encoding="utf-8")
    found = tables(answers, catalogues.translator(language))
    assert set(found) == set(re.findall(r"<!-- (\w+) -->", page))
    assert filled(page, found) == page, "run python -m scripts.method_tables"


def prose(language: str, thousands: str) -> list[str]:
    text = re.sub(r"<!-- (\w+) -->\n.*?<!-- /\1 -->", "", PAGES[language].read_text(encoding="utf-8"), flags=re.DOTALL)
    text = re.sub(rf"(?<=\d){thousands}(?=\d{{3}}\b)", "", text)
    return sorted(number.replace(",", ".") for number in NUMBER.findall(text))


def test_both_languages_give_the_same_figures() -> None:
    assert prose("fr", " ") == prose("en", ",")


def test_the_golden_figures_are_there(answers: Estimates) -> None:
    english = PAGES["en"].read_text(encoding="utf-8")
    found = answers.trainings().circulating
    assert f"{(found.right.energy_wh or 0) / 1e6:,.0f} **MWh**" in english
    assert f"{(found.other.energy_wh or 0) / 1e9:.2f} GWh" in english
    assert f"about **{round(found.households, -2):,.0f}** households" in english
    assert f"{round(found.inhabitants, -2):,.0f} inhabitants" in english
