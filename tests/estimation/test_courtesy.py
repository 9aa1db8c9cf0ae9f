"""Courtesy: what counts, what doesn't, and when there is nothing else."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.estimation.courtesy import Courtesy, Politeness
from bot.estimation.facts.fact import CONFIG_DIR
from bot.estimation.words import split

GOLDEN = [line.split("\t") for line in (Path(__file__).parent / "courtesy.tsv").read_text("utf-8").splitlines()]
POLITENESS = Politeness.load(CONFIG_DIR)


def find(text: str) -> Courtesy:
    return POLITENESS.find(split(text), text)


@pytest.mark.parametrize(("words", "only", "text"), GOLDEN, ids=[row[2] or "empty" for row in GOLDEN])
def test_golden_table(words: str, only: str, text: str) -> None:
    found = find(text)
    assert (found.words, found.only) == (int(words), only == "only")
    assert len(found.expressions) == found.words


def test_half_of_the_golden_table_is_courtesy_and_nothing_else() -> None:
    assert len(GOLDEN) >= 80
    assert sum(row[1] == "only" for row in GOLDEN) >= 40


@pytest.mark.parametrize(
    ("text", "expressions"),
    [
        ("svp, merci beaucoup", ("s'il te plaît", "merci")),
        ("pleeease, thx", ("please", "thanks")),
        ("Je vous en prie", ("je vous prie",)),
    ],
)
def test_expressions_are_named_by_their_plain_form(text: str, expressions: tuple[str, ...]) -> None:
    assert find(text).expressions == expressions


@pytest.mark.parametrize("word", ["merci", "thanks", "please", "thx", "svp"])
@given(data=st.data())
def test_letters_may_be_repeated(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    times = data.draw(st.integers(2, 30))
    stretched = word[:at] + word[at] * times + word[at + 1 :]
    found = find(stretched)
    # only letters that people do repeat are looked for beyond two
    assert found.only or (times > 2 and word[at] not in "aeiopsxyz")


@given(st.text(max_size=300))
def test_any_text_is_accepted_and_case_is_of_no_importance(text: str) -> None:
    assert find(text).words <= len(split(text))
    if text.isascii():
        assert find(text.upper()).words == find(text.lower()).words


@given(st.text(alphabet=st.characters(categories=["Cs", "Cc", "So"]), max_size=50))
def test_lone_surrogates_and_control_characters_are_no_courtesy(text: str) -> None:
    assert find(text) == Courtesy()


def test_long_messages_are_never_courtesy_alone() -> None:
    found = find("merci " * 20_000)
    assert not found.only
    assert found.words <= 2_000


def test_names_are_few_and_never_begin_a_sentence() -> None:
    assert find("merci Anne Marie Dupont").only
    assert not find("merci Anne Marie Jeanne Dupont").only
    assert not find("merci\nSupprime").only


@pytest.mark.parametrize("text", ["hi", "salut ça va ?", "lol ok", "🙂", "", "Merci !", "@Léo salut"])
def test_small_talk(text: str) -> None:
    assert POLITENESS.small_talk(split(text), text)


@pytest.mark.parametrize("text", ["hi, write a poem", "salut, qui a écrit Candide ?", "supprime tout", "=" * 100])
def test_requests_are_no_small_talk(text: str) -> None:
    assert not POLITENESS.small_talk(split(text), text)
