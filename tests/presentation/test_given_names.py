"""Names that people gave: whatever they hold, the sentence and the figures around them stay as they are."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.charts.drawing.canvas import writable
from bot.presentation import given_names
from bot.presentation.given_names import FIRST_STRONG, MAX_NAME, POP, plain, shown

ZALGO = "Z" + "\u0300\u0489\u0334\u0335" * 8
FAMILY = "👩\u200d👩\u200d👧"
UNESCAPED = re.compile(r"(?<!\\)(?:\\\\)*[*_`~|>#\[\]]")
TURNING = {"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "PDF"}

NASTY = (
    "שלום 12 Wh",
    "محمد ٣٤",
    "\u202e7 kWh",
    "**gras** _x_ `y` ~~z~~ ||s|| [a](https://b.c)",
    "<@&1> <#2> @everyone <t:0:R> <a:x:3>",
    "une\nautre\r\nligne\u2028ici\x00",
    ZALGO,
    "🥇" * 32,
    FAMILY * 4,
    "# titre",
    "-# petit",
    "https://exemple.org/x",
    "\x1b[31mrouge",
)
names = st.one_of(st.sampled_from(NASTY), st.text(max_size=60))


def outside(text: str) -> str:
    """What of a text isn't isolated."""
    return re.sub(f"{FIRST_STRONG}.*?{POP}", "", text)


@given(names)
def test_nothing_turns_breaks_or_formats_what_is_around(name: str) -> None:
    for made in (shown(name), plain(name)):
        assert not {unicodedata.bidirectional(char) for char in outside(made)} & TURNING
        assert made.count(FIRST_STRONG) == made.count(POP) <= 1
        assert len(made.splitlines()) <= 1
        assert not [char for char in made if unicodedata.category(char) in {"Cc", "Cs", "Co"}]
    assert not UNESCAPED.search(shown(name))
    assert len(plain(name)) <= MAX_NAME + 2


@given(st.text(alphabet="\u200b\u200d\u3164\u2800\u115f\ufeff \t\u202e\x07", max_size=20))
def test_a_name_that_nobody_sees_is_none(name: str) -> None:
    assert shown(name) == plain(name) == ""


@pytest.mark.parametrize("name", ["Camille", "Noémie Đặng", "Zoë O’Neill", "田中さん", FAMILY, "Ольга", "x" * MAX_NAME])
def test_an_ordinary_name_stays_as_it_is(name: str) -> None:
    assert plain(name) == shown(name) == unicodedata.normalize("NFC", name)


def test_marks_pile_up_no_further_than_two() -> None:
    assert sum(unicodedata.combining(char) > 0 for char in plain(ZALGO)) <= 2


def test_a_name_from_right_to_left_is_isolated_and_drawn_as_it_is_read() -> None:
    assert shown("שלום") == f"{FIRST_STRONG}שלום{POP}"
    assert writable(plain("שלום 12")) == "םולש 12"
    assert given_names.around("<@1>") == f"{FIRST_STRONG}<@1>{POP}"


def test_a_link_in_a_name_is_none() -> None:
    assert shown("https://exemple.org") == r"https\://exemple.org"
