"""A third language is one more `.po` file: commands, choices, replies, numbers, the command line, no code."""

import re
import shutil
from pathlib import Path

import pytest
from discord import Locale

from bot.__main__ import main
from bot.client.command_translator import choice_name
from bot.errors import ConfigError
from bot.estimation.facts.fact import CONFIG_DIR
from bot.presentation import zones
from bot.presentation.numbers import format_number
from bot.presentation.translator import Catalogues

HEADER = {
    "es": ("nplurals=2; plural=(n != 1);", "Europe/Madrid, America/Bogota"),
    "pl": (
        "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
        "Europe/Warsaw",
    ),
}


def pseudo(language: str) -> str:
    """The English catalogue, each sentence marked, with another language's header and number of forms."""
    text = (CONFIG_DIR / "locale" / "en.po").read_text("utf-8")
    head, _, body = text.partition("\n\n")
    plural, timezones = HEADER[language]
    head = re.sub(r'"(Language|Plural-Forms|X-[\w-]+): .*"\n?', "", head)
    head += f'"Language: {language}\\n"\n"Plural-Forms: {plural}\\n"\n"X-Timezones: {timezones}\\n"\n'
    forms = int(plural[9])
    body = re.sub(r'^msgstr "', f'msgstr "{language}:', body, flags=re.MULTILINE)
    body = re.sub(r'^(msgstr\[(\d)\]) "', rf'\1 "{language}\2:', body, flags=re.MULTILINE)
    if forms == 3:
        body = re.sub(
            rf'^msgstr\[1\] "{language}1:(.*)"$', rf'\g<0>\nmsgstr[2] "{language}2:\1"', body, flags=re.MULTILINE
        )
    # names of commands and options have rules of their own
    body = re.sub(rf'(msgid "command\.[^"]*\.name"\nmsgstr "){language}:', rf"\1{language}_", body)
    return f"{head}\n{body}"


@pytest.fixture(scope="module")
def with_more(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("more") / "config"
    shutil.copytree(CONFIG_DIR, folder)
    for path in (folder / "locale").glob("*.po"):
        if path.stem not in ("fr", "en"):
            path.unlink()  # whichever languages have been added since
    for language in HEADER:
        (folder / "locale" / f"{language}.po").write_text(pseudo(language), "utf-8")
    return folder


@pytest.fixture
def config_dir(tmp_path: Path, with_more: Path) -> Path:
    """The same, for a test to spoil."""
    return Path(shutil.copytree(with_more, tmp_path / "config"))


@pytest.fixture(scope="module")
def more(with_more: Path) -> Catalogues:
    return Catalogues.load(with_more)


def test_its_locales_get_it_and_others_what_they_had(more: Catalogues) -> None:
    assert [one.id for one in more.languages] == ["fr", "en", "es", "pl"]
    for locale, language in (
        ("es-ES", "es"),
        ("es-419", "es"),
        ("pl", "pl"),
        ("fr-CA", "fr"),
        ("de", "en"),
        ("", "fr"),
    ):
        assert more.language_of(locale) == language
    assert more.translator("es-419")("reply.footer").startswith("es:")


def test_numbers_and_zones_are_its_own(more: Catalogues) -> None:
    t = more.translator("es-ES")
    assert format_number(1234.5, t, 5) == "1.234,5"
    assert zones.name("DEU", t) == "Alemania"


@pytest.mark.parametrize(
    ("language", "number", "form"),
    [
        ("es", 1, 0),
        ("es", 0, 1),
        ("es", 1.5, 1),
        ("pl", 1, 0),
        ("pl", 3, 1),
        ("pl", 5, 2),
        ("pl", 22, 1),
        ("pl", 12, 2),
    ],
)
def test_plural_rules_are_its_own(more: Catalogues, language: str, number: float, form: int) -> None:
    assert more.translator(language).many("totals.members", number).startswith(f"{language}{form}:")


def test_timezones_are_its_own(more: Catalogues) -> None:
    assert more.timezone_of("es-419") == "Europe/Madrid"
    assert more.timezone_of("fr") == "Europe/Paris"
    assert more.timezone_of("de") == more.timezone_of(None) == "UTC"


def test_languages_are_named_in_each_other(more: Catalogues) -> None:
    assert choice_name("language", "es", more.translator("fr")) == "espagnol"
    assert choice_name("language", "es", more.translator("es")) == "español"
    assert choice_name("language", "auto", more.translator("en")) == "automatic"


def test_discord_is_told_in_it(more: Catalogues) -> None:
    spoken = {locale.value for locale in Locale if (t := more.spoken(locale.value)) and t is not more.fallback}
    assert spoken == {"fr", "es-ES", "es-419", "pl"}


def test_the_command_line_speaks_it(
    config_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EMPREINTE_CONFIG_DIR", str(config_dir))
    assert main(["models", "--locale", "es", "gpt-4o"]) == 0
    assert "es:" in capsys.readouterr().out


def test_a_catalogue_that_lacks_a_sentence_is_named(config_dir: Path) -> None:
    path = config_dir / "locale" / "es.po"
    path.write_text(re.sub(r'msgid "reply\.footer"\nmsgstr ".*"\n', "", path.read_text("utf-8")), "utf-8")
    with pytest.raises(ConfigError) as caught:
        Catalogues.load(config_dir)
    assert caught.value.values == {"file": "es.po", "reason": "reply.footer"}


def test_two_defaults_are_one_too_many(config_dir: Path) -> None:
    path = config_dir / "locale" / "es.po"
    path.write_text(path.read_text("utf-8").replace('"Language: es', '"X-Default: yes\\n"\n"Language: es'), "utf-8")
    with pytest.raises(ConfigError, match="X-Default"):
        Catalogues.load(config_dir)
