"""Answer length: plausible for everyday requests in both languages, sane for any text and any model."""

import math
import time
from pathlib import Path
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.estimation.answer_length.length_requests import asked_by_text, asked_by_units, asked_items, is_sum
from bot.estimation.answer_length.lexicon import Lexicon
from bot.estimation.answer_length.predictor import AnswerLength, LengthPrediction, default, predict
from bot.estimation.facts.fact import CONFIG_DIR, read
from bot.estimation.ranges import Range
from bot.estimation.words import split

GOLDEN = [line.split("\t") for line in (Path(__file__).parent / "tasks.tsv").read_text("utf-8").splitlines()]
LENGTHS = default()
LEXICON = Lexicon.load(CONFIG_DIR)
GPT_4O = "openai/gpt-4o"
MODELS = st.sampled_from(
    [GPT_4O, "gpt-4o-2024-08-06", "claude-3-opus-20240229", "x-ai/grok-3-beta", "gpt-3.5-turbo-0301", "who/knows", ""]
)


def basis(text: str) -> LengthPrediction:
    words = split(text, LENGTHS.doubled)
    return LENGTHS.basis(words, text, LENGTHS.courtesy.find(words, text))


@pytest.mark.parametrize(("language", "task", "least", "most", "text"), GOLDEN, ids=[row[4] for row in GOLDEN])
def test_golden_table(language: str, task: str, least: str, most: str, text: str) -> None:
    assert basis(text).task == task
    assert int(least) <= predict(text, GPT_4O).expected <= int(most)


def test_the_golden_table_is_in_both_languages_alike() -> None:
    languages = [row[0] for row in GOLDEN]
    assert len(GOLDEN) >= 80
    assert languages.count("fr") == languages.count("en")


def test_french_answers_are_about_a_tenth_longer() -> None:
    french = [predict(row[4], GPT_4O).expected for row in GOLDEN if row[0] == "fr"]
    english = [predict(row[4], GPT_4O).expected for row in GOLDEN if row[0] == "en"]
    assert 1.0 <= median(f / e for f, e in zip(french, english, strict=True)) <= 1.2


def check(found: Range) -> None:
    assert 1.0 <= found.low <= found.expected <= found.high < 100_000


@given(st.text(), st.text(max_size=40))
def test_any_text_and_any_model_are_accepted(text: str, model: str) -> None:
    check(predict(text, model))


@given(st.text(alphabet=st.characters(categories=["Cs", "Cc", "So", "Nd", "Lo"]), max_size=80), MODELS)
def test_strange_characters_are_accepted(text: str, model: str) -> None:
    check(predict(text, model))


@given(st.lists(st.sampled_from(sorted(LEXICON.entries)), max_size=30), MODELS)
def test_any_words_of_the_lexicon_are_accepted(words: list[str], model: str) -> None:
    check(predict(" ".join(words), model))


@pytest.mark.parametrize("text", ["a" * 100_000, "merci " * 20_000, "\n" * 100_000, "字" * 100_000, "1 word " * 20_000])
def test_long_texts_take_bounded_time(text: str) -> None:
    start = time.thread_time()
    check(predict(text, GPT_4O))
    assert time.thread_time() - start < 2.5  # a hundredth of it here; a rule that backtracks takes minutes


@pytest.mark.parametrize("request_for", ["Explain entropy in {} words", "Explique l'entropie en {} mots"])
@given(numbers=st.tuples(st.integers(1, 999_999), st.integers(1, 999_999)), model=MODELS)
def test_more_words_asked_for_are_never_fewer_tokens(request_for: str, numbers: tuple[int, int], model: str) -> None:
    fewer, more = (predict(request_for.format(number), model) for number in sorted(numbers))
    assert fewer.low <= more.low
    assert fewer.expected <= more.expected
    assert fewer.high <= more.high


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("in 200 words", 270),
        ("en deux cents mots", 270),
        ("two hundred and fifty words", 337.5),
        ("mille deux cents mots", 1620),
        ("one or two sentences", 56),
        ("en 10 courtes phrases", 280),
        ("a 1,500-word essay", 2025),
        ("un texte de 1 000 mots", 1350),
        ("in three sentences", 84),
        ("un paragraphe", 100),
        ("entre 100 et 300 mots", 405),
        ("the two main characters", 0),
        ("280 characters at most", 70),
        ("words", 0),
        ("12345678 words", 0),
    ],
)
def test_lengths_asked_for_in_numbers(text: str, tokens: float) -> None:
    asked = asked_by_units(split(text), LEXICON)
    assert (asked.tokens if asked else 0) == pytest.approx(tokens)


@pytest.mark.parametrize(
    ("text", "items"),
    [("give me 5 ideas", 5), ("trois exemples", 3), ("top 10 books", 10), ("ideas", 0), ("5 cats", 0)],
)
def test_things_asked_for(text: str, items: int) -> None:
    assert asked_items(split(text), LEXICON) == items


@pytest.mark.parametrize("text", ["2+2", "What is 12 * 12?", "combien font 7 fois 8", "deux plus deux", "15 % de 80"])
def test_sums(text: str) -> None:
    assert is_sum(split(text), LEXICON)


@pytest.mark.parametrize("text", ["", "what is 42?", "2 cats and 3 dogs", "combien", "5 idées pour 2 jours"])
def test_what_is_no_sum(text: str) -> None:
    assert not is_sum(split(text), LEXICON)


@pytest.mark.parametrize("text", ["Write a haiku about autumn", "Écris un haïku sur l'automne"])
def test_a_form_has_its_own_range(text: str) -> None:
    found = predict(text, GPT_4O)
    assert found.low >= 8
    assert found.high <= 100


@pytest.mark.parametrize(
    "text",
    [
        "Explain what a haiku is and where it comes from",
        "Write a long and detailed email to my team",
        "Écris un mail très détaillé à mon équipe",
        "What is the capital of France, and why was it chosen instead of all the other cities of the country?",
    ],
)
def test_a_form_that_is_only_mentioned_or_asked_at_length_decides_nothing(text: str) -> None:
    assert LENGTHS.reader.read(split(text), text).target.weight == 0


@pytest.mark.parametrize(
    ("text", "tokens", "weight"),
    [
        ("Corrige : je suis aller là", 1.35 * 4 + 10, 0.5),
        ("Corrige ce que je viens de dire", 1.35 * 4 + 10, 0.25),
        ("Fix it:", 11.35, 0.5),
    ],
)
def test_a_text_handed_over_tells_its_own_length(text: str, tokens: float, weight: float) -> None:
    assert asked_by_text(text, len(split(text)), 0.5) == pytest.approx((tokens, weight))


def test_lines_in_a_programming_problem_are_no_length_asked_for() -> None:
    code = "Write a Python function: the input file holds two lines, the output an integer array"
    assert predict(code, GPT_4O).expected > 200


@pytest.mark.parametrize(
    ("model", "like"),
    [
        ("GPT-4o", "openai/gpt-4o-2024-08-06"),
        ("meta-llama/Meta-Llama-3.1-70B-Instruct", "llama-3.1-70b-instruct"),
        ("openai/gpt-5.4-mini", "openai/gpt-6"),
        ("anthropic/claude-opus-4-6", "claude-sonnet-5"),
        ("google_genai/gemini-3-flash", "gemini-3.8-pro"),
        ("mistralai/mistral-large-2512", "mistralai/ministral-8b-latest"),
        ("cohere/command-a-03-2025", "c4ai-aya-vision-32b"),
        ("qwen/qwen3.5-397b", "qwen-max"),
        ("who/knows", ""),
    ],
)
def test_models_are_recognised_by_name_or_family(model: str, like: str) -> None:
    text = "Explain how rainbows form"
    assert predict(text, model) == predict(text, like)


@pytest.mark.parametrize(
    "family", ["gpt-5.5", "claude-opus-5", "gemini-3.8-flash", "deepseek-v4", "grok-4.20", "glm-5"]
)
def test_newer_models_have_a_family(family: str) -> None:
    text = "Explain how rainbows form"
    assert predict(text, family) != predict(text, "who/knows")


def test_known_differences_between_models_hold() -> None:
    text = "Explain how rainbows form"
    expected = [predict(text, m).expected for m in ("gpt-3.5-turbo", "claude-2.1", "gpt-4o", "grok-3-beta")]
    assert expected == sorted(expected)


def test_an_unknown_model_is_the_median_one_with_a_wider_range() -> None:
    found = basis("Explain how rainbows form")
    unknown, known = found.for_model("who/knows"), found.for_model("claude-3-opus-20240229")
    assert unknown.expected == pytest.approx(2 ** found.logs[1])
    assert unknown.high / unknown.low > known.high / known.low


@given(st.text(max_size=200), MODELS)
def test_a_stored_basis_gives_the_same_prediction(text: str, model: str) -> None:
    code = basis(text).encode()
    assert len(code) <= 40
    stored, fresh = LENGTHS.decode(code).for_model(model), predict(text, model)
    assert stored.low == pytest.approx(fresh.low, rel=2e-3)
    assert stored.expected == pytest.approx(fresh.expected, rel=2e-3)
    assert stored.high == pytest.approx(fresh.high, rel=2e-3)


@pytest.mark.parametrize("code", ["", "code", "code.1.2", "code.1.2.x", "code.1.2.3.4"])
def test_a_broken_code_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        LENGTHS.decode(code)


@given(MODELS)
def test_small_talk_is_short_for_every_model(model: str) -> None:
    found = predict("Merci beaucoup, bonne soirée !", model)
    assert found.expected <= 60
    check(found)


def test_coefficients_are_named_and_finite() -> None:
    fitted = read(CONFIG_DIR, "answer_length.coefficients")
    names = set(AnswerLength.load().reader.names)
    assert set(fitted["feature"]) <= names
    assert all(math.isfinite(value) for values in fitted["feature"].values() for value in values)
    assert sum(path.stat().st_size for path in CONFIG_DIR.glob("*l*e*n*g*t*h*.toml")) < 150_000
