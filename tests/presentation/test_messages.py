"""The catalogues: both languages complete, sentences filled, grammatical number right."""

import string
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bot.errors import ConfigError
from bot.estimation.facts.fact import CONFIG_DIR
from bot.presentation.translator import Catalogues, escape_markdown


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def sentences(language: str) -> dict[str, tuple[str, ...]]:
    """Every form of every sentence by key."""
    with (CONFIG_DIR / "locale" / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    found: dict[str, tuple[str, ...]] = {}
    for message in catalogue:
        if message.id:
            key = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
            found[key] = message.string if isinstance(message.string, tuple) else (str(message.string),)
    return found


def test_catalogues_are_equal_key_for_key(catalogues: Catalogues) -> None:
    all_of_them = [sentences(language.id) for language in catalogues.languages]
    assert len(all_of_them) >= 2
    for key in all_of_them[0]:
        forms = [form for one in all_of_them for form in one[key]]
        assert all(form.strip() for form in forms), key
        used = [fields(form) for form in forms]
        assert all(one == used[0] for one in used), key
        assert len({len(one[key]) > 1 for one in all_of_them}) == 1, key
    assert all(one.keys() == all_of_them[0].keys() for one in all_of_them)


@pytest.mark.parametrize(
    ("language", "count", "expected"),
    [
        ("fr", 0, "0 goutte d’eau"),
        ("fr", 1, "1 goutte d’eau"),
        ("fr", 1.5, "1.5 goutte d’eau"),
        ("fr", 2, "2 gouttes d’eau"),
        ("en", 0, "0 drops of water"),
        ("en", 1, "1 drop of water"),
        ("en", 1.5, "1.5 drops of water"),
        ("en", 2.0, "2.0 drops of water"),
    ],
)
def test_grammatical_number(catalogues: Catalogues, language: str, count: float, expected: str) -> None:
    assert catalogues.translator(language).many("equivalent.water_drop", count) == expected


def test_a_missing_key_is_an_error_and_not_a_sentence(catalogues: Catalogues) -> None:
    with pytest.raises(KeyError):
        catalogues.translator("fr")("no.such.key")


@pytest.mark.parametrize(
    ("locale", "language"),
    [("fr", "fr"), ("fr-CA", "fr"), ("FR_be", "fr"), ("en-US", "en"), ("tlh", "en"), (None, "fr"), ("", "fr")],
)
def test_languages(catalogues: Catalogues, locale: str | None, language: str) -> None:
    assert catalogues.language_of(locale) == language


def test_typed_words_keep_no_power() -> None:
    assert escape_markdown("**gras** `code` \u202eevil\x00 [a](b)") == r"\*\*gras\*\* \`code\` evil \[a\](b)"


def test_a_broken_catalogue_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "locale"
    folder.mkdir()
    with pytest.raises(ConfigError) as caught:
        Catalogues.load(tmp_path)
    assert caught.value.values["file"] == "locale/*.po"
    for broken in (b'msgid "a\n', b"\xff\xfe"):
        (folder / "fr.po").write_bytes(broken)
        with pytest.raises(ConfigError) as caught:
            Catalogues.load(tmp_path)
        assert caught.value.values["file"] == "fr.po"
    (folder / "fr.po").unlink()
    (folder / "klingon.po").write_text("")
    with pytest.raises(ConfigError) as caught:
        Catalogues.load(tmp_path)
    assert caught.value.values["file"] == "klingon.po"
