"""Translator: split once, bounded, whatever the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.estimation.words import HEAD, TAIL, excerpt, split, strip_tags, unaccented


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("S’il te plaît", ["s", "il", "te", "plaît"]),
        ("What's snake_case?", ["what", "s", "snake", "case"]),
        ("merciiii", ["merci"]),
        ("merrrci thank youuu", ["merci", "thank", "you"]),
        ("plaîîît", ["plaît"]),
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
    assert split(text) == words


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
