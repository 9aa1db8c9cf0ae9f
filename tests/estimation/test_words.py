"""Translator: split once, bounded, whatever the text."""

import re
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.errors import ConfigError
from bot.estimation.facts.fact import CONFIG_DIR
from bot.estimation.words import HEAD, TAIL, composed, doubled_letters, excerpt, split, strip_tags, unaccented

DOUBLED = doubled_letters(CONFIG_DIR)
WORD = re.compile(r"[^\W_]+")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("S’il te plaît", ["s", "il", "te", "plaît"]),
        ("What's snake_case?", ["what", "s", "snake", "case"]),
        ("merciiii", ["merci"]),
        ("merrrci thank youuu", ["merci", "thank", "you"]),
        ("plaîîît", ["plaît"]),
        ("l’œuf — d’Œdipe… ƒ²", ["l", "œuf", "d", "œdipe", "ƒ²"]),
        ("cooool, helllo, nooon, freeeench fooood", ["cool", "hello", "non", "french", "food"]),
        ("Ｍｅｒｃｉ 𝐌erci", ["merci", "merci"]),
        ("mer\u200bci s\u00adoft", ["merci", "soft"]),
        ("1000 2222", ["1000", "2222"]),
        ("你你你 مرحبااا", ["你", "مرحبا"]),
        ("1 000 mots", ["1", "000", "mots"]),
        ("plai\N{COMBINING CIRCUMFLEX ACCENT}t", ["plaît"]),
        ("salut <@!123> <:cœur:456> <t:1700000000:R> </footprint:789>", ["salut"]),
        ("a < b <3", ["a", "b", "3"]),
        ("", []),
        ("\x00\ud800", []),
    ],
)
def test_split(text: str, words: list[str]) -> None:
    assert split(text, DOUBLED) == words


@given(st.text(alphabet=st.characters(max_codepoint=0x2122, exclude_categories=["Cs"])))
def test_the_quick_way_through_western_texts_splits_as_the_other_does(text: str) -> None:
    assume(not re.search(r"(.)\1\1", text, re.IGNORECASE))
    assert split(text) == WORD.findall(composed(strip_tags(text).lower()).lower())


def test_doubled_letters_are_those_of_the_configuration_handed_down(tmp_path: Path) -> None:
    (tmp_path / "courtesy.toml").write_text('date = "2026-11-27"\n[stretched]\ndoubled = ["baar"]\n', "utf-8")
    assert split("baaaar coooool", doubled_letters(tmp_path)) == ["baar", "col"]
    (tmp_path / "courtesy.toml").write_text('date = "2026-11-27"\n', "utf-8")
    with pytest.raises(ConfigError, match="courtesy"):
        doubled_letters(tmp_path)


@given(st.text())
def test_any_text_is_split_into_lower_case_words(text: str) -> None:
    words = split(text)
    assert all(word and word == word.lower() for word in words)


@given(st.text(max_size=HEAD + TAIL))
def test_short_texts_are_read_whole(text: str) -> None:
    assert excerpt(text) == text


def test_long_texts_are_read_at_both_ends() -> None:
    text = "a " * 50_000 + "z"
    assert len(excerpt(text)) == HEAD + TAIL + 1
    assert excerpt(text).endswith("z")
    assert len(split(text)) <= HEAD + TAIL


def test_tags_are_left_out_and_other_brackets_kept() -> None:
    assert strip_tags("<#42>x<y>") == " x<y>"
    assert strip_tags("plain") == "plain"


def test_accents_are_taken_off() -> None:
    assert unaccented("plaît, ça où") == "plait, ca ou"
