"""Courtesy: what counts, what doesn't, and when there is nothing else."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ConfigError
from bot.estimation.courtesy import Courtesy, CourtesyDetector
from bot.estimation.facts.fact import CONFIG_DIR
from bot.estimation.words import doubled_letters, split
from scripts.courtesy_scores import Measured, Sentence

POLITENESS = CourtesyDetector.load(CONFIG_DIR)
DOUBLED = doubled_letters(CONFIG_DIR)


MEASURED = Measured.load()
TABLE = [sentence for sentence, _ in MEASURED.rows]
GOLDEN = [sentence for sentence in TABLE if not sentence.is_blind]


def find(text: str) -> Courtesy:
    return POLITENESS.find(split(text, DOUBLED), text)


@pytest.mark.parametrize("row", GOLDEN, ids=[row.text or "empty" for row in GOLDEN])
def test_golden_table(row: Sentence) -> None:
    found = find(row.text)
    assert (found.words, found.only) == (row.words, row.only)
    assert len(found.expressions) == found.words


@pytest.mark.parametrize("language", ["fr", "en"])
def test_precision_and_recall_on_the_blind_rounds(language: str) -> None:
    blind = MEASURED.of(language, blind=True)
    assert len(blind.wrong) <= 2, blind.wrong
    _, _, *shares = blind.scores
    assert min(shares) > 0.985


def test_the_table_is_half_french_and_holds_each_sentence_once() -> None:
    assert len(TABLE) >= 1390
    assert 0.45 < sum(row.language == "fr" for row in TABLE) / len(TABLE) < 0.55
    assert len({row.text for row in TABLE}) == len(TABLE)


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
    # "sstp" and "tty" are abbreviations of their own
    assert found.only or (times == 2 and len(word) <= 3 and at < len(word) - 1)


@given(st.text(max_size=300))
def test_any_text_is_accepted_and_case_is_of_no_importance(text: str) -> None:
    assert find(text).words <= len(split(text))
    if text.isascii():
        assert find(text.upper()).words == find(text.lower()).words


@given(st.text(alphabet=st.characters(categories=["Cs", "Cc", "So"]), max_size=50))
def test_lone_surrogates_and_control_characters_are_no_courtesy(text: str) -> None:
    assert find(text) == Courtesy()


@pytest.mark.parametrize(
    "text",
    [
        "meeerrrciii",
        "thaaankkks youuuu",
        "S'IL TE PLAÎÎÎT",
        "plai\u0302t s'il te plai\u0302t",
        "ｔｈｘ",
        "𝐦𝐞𝐫𝐜𝐢",
        "mer\u200bci",
        "thx4u",
    ],
)
def test_whatever_the_spelling(text: str) -> None:
    assert find(text).words == 1


@pytest.mark.parametrize(
    "text",
    [
        *(
            f"hello {mark}s'il te plaît{end} a"
            for mark, end in (("`", "`"), ("```\n", "\n```"), ("« ", " »"), ("“", "”"))
        ),
        *(
            f"hello {before}please{after}"
            for before, after in (("https://a.b/", ""), ("@", "x"), ("", ".py"), ("a_", ""))
        ),
        "/merci",
        "!thanks 5",
        "> merci",
        ">>> merci\nmerci",
        "Please#1234",
        ":thanks:",
        "<:merci:123456789012345678>",
        "merci@example.org",
        "please() fails",
    ],
)
def test_never_in_code_links_quotes_names(text: str) -> None:
    assert find(text) == Courtesy()


def _hostile() -> Iterator[str]:
    for bit in (
        "a",
        "a@a.",
        "<a",
        "«",
        "'a",
        "`",
        ">a\n",
        ":a:",
        "a/",
        "x.y.z()",
        "s'il te ",
        "to ",
        "merci la ",
        "film the ",
    ):
        yield f"merci {bit * 2000}"[:2000]
    for whole in (
        "ty ",
        "svp ou stp ",
        "ty STP SVP ",
        "merci stp ",
        "comment dit-on merci et ",
        "un merci ",
        "please ",
    ):
        yield (whole * 2000)[:2000]


@pytest.mark.parametrize("text", list(_hostile()), ids=lambda text: text[:16])
def test_hostile_messages_take_bounded_time(text: str) -> None:
    words, took = split(text), []
    for _ in range(3):
        start = time.thread_time()
        POLITENESS.find(words, text)
        took.append(time.thread_time() - start)
    assert min(took) < 2.5  # some milliseconds on a quiet machine; a rule that backtracks takes many seconds


def test_what_is_beyond_any_message_is_counted_without_being_judged() -> None:
    assert find("merci stp " * 200).words == 400


def test_long_messages_are_never_courtesy_alone() -> None:
    found = find("merci " * 20_000)
    assert not found.only
    assert found.words <= 2_000


def test_a_list_that_is_missing_is_named(tmp_path: Path) -> None:
    kept = (CONFIG_DIR / "courtesy.toml").read_text("utf-8").replace("[titles]", "[headings]")
    (tmp_path / "courtesy.toml").write_text(kept, "utf-8")
    with pytest.raises(ConfigError) as refused:
        CourtesyDetector.load(tmp_path)
    assert "titles" in str(refused.value.values)


def test_names_are_few_and_never_begin_a_sentence() -> None:
    assert find("merci Anne Marie Dupont").only
    assert not find("merci Anne Marie Jeanne Dupont").only
    assert not find("merci\nSupprime").only


@pytest.mark.parametrize(
    "text", ["hi", "salut ça va ?", "lol ok", "🙂", "", "Merci !", "@Léo salut", "helllooo", "thanks that worked"]
)
def test_small_talk(text: str) -> None:
    assert POLITENESS.small_talk(split(text, DOUBLED), text, find(text))


@pytest.mark.parametrize("text", ["hi, write a poem", "salut, qui a écrit Candide ?", "supprime tout", "=" * 100])
def test_requests_are_no_small_talk(text: str) -> None:
    assert not POLITENESS.small_talk(split(text, DOUBLED), text, find(text))
