"""What people read first holds: commands that exist, files that are there, texts within the App Directory's limits."""

import re

import pytest
from import_graph import ROOT

from bot.presentation.translator import Catalogues

READMES = {"README.md": "en", "README.fr.md": "fr"}
SUMMARY, DESCRIPTION, TAGS = 200, 400, 5
"""Characters and tags; as `docs/directory.md` says."""


def section(text: str, heading: str) -> str:
    (found,) = re.findall(rf"\*\*{heading}\*\*\n> (.+)", text)
    return found


@pytest.mark.parametrize(
    ("summary", "description", "tags"), [("Résumé", "Description", "Étiquettes"), ("Summary", "Description", "Tags")]
)
def test_the_app_directory_takes_the_texts(summary: str, description: str, tags: str) -> None:
    french, english = (ROOT / "docs" / "directory.md").read_text(encoding="utf-8").split("## English")
    text = french if summary == "Résumé" else english
    assert 0 < len(section(text, summary)) <= SUMMARY
    assert 0 < len(section(text, description)) <= DESCRIPTION
    (listed,) = re.findall(rf"\*\*{tags}\*\*\s*: (.+)", text)
    assert len(listed.split(", ")) == TAGS


@pytest.mark.parametrize("name", [*READMES, "docs/directory.md", "docs/workshop.md", "CONTRIBUTING.md"])
def test_files_that_are_linked_are_there(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    linked = re.findall(r"\]\((?!https?:)([^)#]+)", text) + re.findall(r"`(docs/images/[^`]+)`", text)
    assert [one for one in linked if not ((ROOT / name).parent / one).exists() and not (ROOT / one).exists()] == []


def test_files_that_contributors_are_sent_to_are_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    tests = {path.name for path in (ROOT / "tests").rglob("test_*.py")}
    paths = re.findall(r"`((?:bot|cogs|sandbox|config|docs|tests|scripts)/[^`<*]*)`", text)
    assert len(paths) > 10
    assert [one for one in paths if not any(ROOT.glob(re.sub(r"0+N", "0*", one)))] == []
    assert set(re.findall(r"`(test_[^`]+)`", text)) - tests == set()


def test_every_image_is_shown_somewhere() -> None:
    texts = [one.read_text(encoding="utf-8") for one in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]]
    images = [one.name for one in (ROOT / "docs" / "images").iterdir()]
    assert [one for one in images if not any(one in text for text in texts)] == []


@pytest.mark.parametrize("name", READMES)
def test_commands_and_their_options_exist(catalogues: Catalogues, name: str) -> None:
    t = catalogues.translator(READMES[name])
    parts = {t(key) for key in t.keys if re.fullmatch(r"command\..+\.name", key)}
    text = (ROOT / name).read_text(encoding="utf-8")
    said = [one for row in text.splitlines() if row.startswith("| `/") for one in re.findall(r"`(/[^`]+)`", row)]
    assert len(said) > 12
    unknown = {word for one in said for word in re.split(r"[\s|?\\]+", one.removeprefix("/")) if word} - parts
    assert unknown == set()


@pytest.mark.parametrize("name", READMES)
def test_it_is_short_enough_to_be_read(name: str) -> None:
    assert len((ROOT / name).read_text(encoding="utf-8").split()) < 1000
