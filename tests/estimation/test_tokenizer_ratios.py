"""Tokens of other tokenizers: by language and code, measured; what a text is made of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.estimation import words
from bot.estimation.estimator import Estimator
from bot.estimation.footprint import Request
from bot.estimation.text_mix import TextMix

CLAUDE, OLDER, GPT_4 = "anthropic/claude-opus-5", "anthropic/claude-opus-4-5", "openai/gpt-4-turbo"
FENCED = "Que fait ce code ?\n```python\nfor i in range(10):\n    print(i)\n```"


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("How do I bake bread?", "english", 0.0),
        ("Comment faire du pain ?", "french", 0.0),
        ("Écris", "french", 0.0),
        ("ok", "english", 0.0),
        ("كيف أخبز الخبز في المنزل؟", "other", 0.0),
        ("😀😀😀", "other", 0.0),
        ("", "other", 0.0),
        ("```\nx = 1\n```", "other", 1.0),
        ("for (int i = 0; i < n; i++) { sum += a[i]; }", "english", 1.0),
    ],
)
def test_what_a_text_is_made_of(estimator: Estimator, text: str, language: str, code: float) -> None:
    assert estimator.reader.mixes.read(words.split(text), text) == (language, code)


def test_mixed_texts_go_by_their_parts(estimator: Estimator) -> None:
    mix = estimator.reader.mixes.read(words.split(FENCED), FENCED)
    assert mix.language == "french"
    assert 0.5 < mix.code < 0.9
    tokenizer = estimator.models.find(CLAUDE).tokenizer
    assert tokenizer.code < tokenizer.ratio(mix) < tokenizer.french


@pytest.mark.parametrize(
    ("key", "english", "french", "code"),
    [
        (CLAUDE, 1.53, 1.74, 1.67),
        (OLDER, 1.08, 1.32, 1.27),
        (GPT_4, 1.0, 1.17, 1.0),
        ("openai/gpt-5.5", 1.0, 1.0, 1.0),
        ("mistralai/mistral-large-2512", 1.03, 1.0, 1.05),
        ("google_genai/gemini-2.5-flash", 1.0, 1.02, 1.17),
        ("huggingface_hub/meta-llama/Meta-Llama-3.1-8B-Instruct", 1.0, 1.17, 1.0),
    ],
)
def test_measured_ratios(estimator: Estimator, key: str, english: float, french: float, code: float) -> None:
    tokenizer = estimator.models.find(key).tokenizer
    assert tokenizer.ratio(TextMix("english", 0.0)) == pytest.approx(english)
    assert tokenizer.ratio(TextMix("french", 0.0)) == pytest.approx(french)
    assert tokenizer.ratio(TextMix("french", 1.0)) == pytest.approx(code)
    assert tokenizer.ratio(TextMix("other", 0.0)) == tokenizer.ratio(TextMix("english", 0.0))


def test_they_multiply_tokens_read_and_written(estimator: Estimator) -> None:
    text = "Comment fonctionne la photosynthèse, et pourquoi les plantes en ont besoin ?"
    ours = estimator.tokenizers.count(text)
    footprint = estimator.estimate(text, Request(model=CLAUDE))
    assert footprint.prompt_tokens == round(ours * 1.74)
    predicted = estimator.lengths.predict(text, CLAUDE)
    assert footprint.visible_tokens.expected == pytest.approx(predicted.expected * 1.74)
    assert footprint.model.approximate_tokens


def test_given_tokens_are_the_makers_own(estimator: Estimator) -> None:
    footprint = estimator.estimate("Bonjour, comment vas-tu ?", Request(model=CLAUDE, answer_tokens=170))
    assert footprint.answer_tokens.expected == footprint.answer_tokens.high == 170


def test_a_counted_vocabulary_is_not_multiplied_again(estimator: Estimator) -> None:
    text = "Écris un mail pour remercier mon équipe."
    footprint = estimator.estimate(text, Request(model=GPT_4))
    assert footprint.prompt_tokens == 13
    assert not footprint.model.approximate_tokens


@pytest.mark.parametrize("text", ["x = [i for i in range(9)]", "😀" * 50, "مرحبا " * 50, "```" * 100])
def test_odd_texts_have_a_footprint(estimator: Estimator, text: str) -> None:
    footprint = estimator.estimate(text, Request(model=CLAUDE))
    assert footprint.prompt_tokens >= 1
    assert footprint.impact.energy_wh.low > 0


@given(st.sampled_from(["english", "french", "other"]), st.floats(0, 1))
def test_a_mix_fits_on_a_button(language: str, code: float) -> None:
    written = TextMix(language, code).encode()
    assert len(written) <= 3
    read = TextMix.decode(written)
    assert read.language == language
    assert read.code == pytest.approx(code, abs=0.051)


@pytest.mark.parametrize("written", ["", "x", "e123", "3e"])
def test_nonsense_is_no_mix(written: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the text itself is the message
        TextMix.decode(written)
