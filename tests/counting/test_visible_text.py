"""What a reader sees of a message: markup in words, nothing that can't be seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.counting.visible_text import visible_text

ID = 1234567890123456789
NAMES = {("@", ID): "Léo Martin", ("@&", ID): "profs", ("#", ID): "général"}


def seen(content: str) -> str:
    return visible_text(content, lambda kind, snowflake: NAMES.get((kind, snowflake)))


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ("Explique la photosynthèse, s’il te plaît.", "Explique la photosynthèse, s’il te plaît."),
        (f"<@{ID}> ok", "@Léo_Martin ok"),
        (f"<@!{ID}> ok", "@Léo_Martin ok"),
        ("<@42> ok", "@someone ok"),
        (f"<@&{ID}>, voir <#{ID}>", "@profs, voir #général"),
        (f"<:bravo:{ID}><a:danse:{ID}>", ":bravo::danse:"),
        ("<t:1700000000:R>", "14/11/2023"),
        ("<t:1700000000>", "14 November 2023 22:13"),
        ("<t:99999999999999999>", "<t:99999999999999999>"),
        ("<t:-62135596801:d>", "<t:-62135596801:d>"),
        (f"</footprint:{ID}> puis </settings model:{ID}>", "/footprint puis /settings model"),
        ("<id:customize>", "#customize"),
        ("<https://exemple.fr/a?b=c>", "https://exemple.fr/a?b=c"),
        ("[la page](https://exemple.fr/page) et [x]", "la page et [x]"),
        ("a < b et c > d", "a < b et c > d"),
    ],
)
def test_markup_becomes_what_is_read(content: str, shown: str) -> None:
    assert seen(content) == shown


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ("ok" + "\u200d" * 1900, "ok"),
        ("\u200b\u2060", ""),
        ("\u3164" * 10, ""),
        ("\u2800 \u00ad \ufeff", ""),
        ("\u202eabc\u202c", "abc"),
        ("mer\u200bci", "merci"),
        ("ok\ufe0f", "ok"),
        ("\x00ok\x07", "ok"),
        ("z" + "\u0301" * 40, "z" + "\u0301" * 4),
        ("👨\u200d👩\u200d👧 ❤\ufe0f", "👨\u200d👩\u200d👧 ❤\ufe0f"),
        ("un\ndeux\ttrois", "un\ndeux\ttrois"),
        ("ok" + "\U000e0041" * 500, "ok"),
        ("cœur – «\u202foui\u202f»", "cœur – «\u202foui\u202f»"),
        ("é" * 10 + "\ud83d", "é" * 10),
    ],
)
def test_what_cannot_be_seen_is_gone(content: str, shown: str) -> None:
    assert seen(content) == shown


def test_the_words_of_a_name_are_no_words_of_the_writer() -> None:
    assert visible_text("<@1> salut", lambda *_: "Merci\u202e  Beaucoup") == "@Merci_Beaucoup salut"


@given(st.text(max_size=300))
def test_twice_is_once(content: str) -> None:
    once = visible_text(content)
    assert visible_text(visible_text(once)) == visible_text(once)
    assert len(once) <= len(content) + 10 * content.count("<") + 40 * content.count("<t:")
