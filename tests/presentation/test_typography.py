"""French as printed: every sentence of the catalogue, as the translator gives it."""

import re

import pytest

from bot.presentation.translator import Catalogues, Translator
from bot.presentation.typography import listed, printed

BREAKABLE = re.compile(
    r"\S[ \u00a0][:;!?»](?=[\s)*_.,…»]|$)|«[ \u00a0]|[\d}] (?:%|kWh|Wh|GWh|g|kg|mL|L|MJ|MW|s|h|min|\$)(?![\w’'-])"
)


def sentences(catalogues: Catalogues, locale: str) -> list[str]:
    """Every sentence in every grammatical number, its places left as they are."""
    t = catalogues.translator(locale)
    return [t._known(key, form) for key in sorted(t.keys) for form in sorted(_forms(t, key))]


def _forms(t: Translator, key: str) -> set[str]:
    found = {t._plurals.one(key), *(t._plurals.many(key, number) for number in (0, 1, 2, 5))}
    return found - {key}  # gettext's answer where there is no such form


@pytest.mark.parametrize("locale", ["fr", "en"])
def test_nothing_breaks_where_it_should_not(catalogues: Catalogues, locale: str) -> None:
    found = sentences(catalogues, locale)
    assert len(found) > 600
    wrong = [one for one in found if (BREAKABLE.search(one) if locale == "fr" else re.search(r"[\d}] kWh", one))]
    assert not wrong


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Quoi : « merci » !", "Quoi\u202f: «\u202fmerci\u202f»\u202f!"),
        ("{kwh} kWh, {share} %", "{kwh}\u00a0kWh, {share}\u00a0%"),
        ("**Ici** : `/annoter mode:arrêté` ; là ?", "**Ici**\u202f: `/annoter mode:arrêté`\u202f; là\u202f?"),
        ("https://exemple.fr/?q=1 et :emoji:", "https://exemple.fr/?q=1 et :emoji:"),
        ("{count} serveurs", "{count} serveurs"),
    ],
)
def test_spaces_are_put_in(typed: str, shown: str) -> None:
    assert printed(typed, "fr") == shown


def test_english_has_no_spaces_before_its_marks() -> None:
    assert printed("What: “thanks”! {kwh} kWh", "en") == "What: “thanks”! {kwh}\u00a0kWh"


def test_one_word_for_one_thing(catalogues: Catalogues) -> None:
    for sentence in sentences(catalogues, "fr"):
        assert "mot de politesse" not in sentence and "mots de politesse" not in sentence
        assert "éteint" not in sentence


def test_semicolons_in_a_list() -> None:
    assert listed(["un", "deux"], "fr") == "un\u202f; deux"
    assert listed(["one", "two"], "en") == "one; two"
