"""Tokens: counted with the model's own vocabulary, whatever the text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.estimation.estimator import Estimator
from bot.estimation.facts.fact import CONFIG_DIR
from bot.estimation.tokens import Tokenizers


@pytest.mark.parametrize(
    ("encoding", "text", "count"),
    [
        ("o200k_base", "hello world", 2),
        ("o200k_base", "Écris un mail pour remercier mon équipe.", 10),
        ("cl100k_base", "hello world", 2),
        ("cl100k_base", "Écris un mail pour remercier mon équipe.", 13),
        ("o200k_base", "<|endoftext|>", 7),
        ("o200k_base", "🌱", 2),
    ],
)
def test_golden_counts(estimator: Estimator, encoding: str, text: str, count: int) -> None:
    assert estimator.tokenizers.count(text, encoding) == count


@pytest.mark.parametrize(
    ("key", "encoding", "approximate"),
    [
        ("openai/gpt-4o", "o200k_base", False),
        ("openai/gpt-4-turbo", "cl100k_base", False),
        ("openai/gpt-3.5-turbo", "cl100k_base", False),
        ("openai/gpt-5.5", "o200k_base", False),
        ("openai/chat-latest", "o200k_base", True),
        ("huggingface_hub/openai/gpt-oss-120b", "o200k_base", False),
        ("anthropic/claude-opus-4-6", "o200k_base", True),
        ("mistralai/mistral-large-latest", "o200k_base", True),
    ],
)
def test_each_model_has_its_vocabulary(estimator: Estimator, key: str, encoding: str, approximate: bool) -> None:
    model = estimator.models.find(key)
    assert (model.encoding, model.approximate_tokens) == (encoding, approximate)


def test_every_model_has_a_vocabulary_that_is_there(estimator: Estimator) -> None:
    for encoding in {model.encoding for model in estimator.models}:
        assert estimator.tokenizers.count("bonjour", encoding) >= 1


@given(st.text(alphabet=st.characters(), max_size=300))
def test_any_text_can_be_counted(estimator: Estimator, text: str) -> None:
    assert 0 <= estimator.tokenizers.count(text) <= 4 * len(text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("text", ["a" * 6000, "😀" * 6000, " " * 6000, "\u202e" * 6000, "`" * 6000, "\ud800" * 100])
def test_hostile_texts(estimator: Estimator, text: str) -> None:
    assert estimator.tokenizers.count(text) > 0


def test_a_missing_vocabulary_is_said_and_nothing_is_fetched(tmp_path: Path) -> None:
    tokenizers = Tokenizers.load(CONFIG_DIR, tmp_path)
    with pytest.raises(UserError) as caught:
        tokenizers.count("bonjour")
    assert caught.value.key == "error.vocabulary"


def test_a_damaged_vocabulary_is_refused(tmp_path: Path) -> None:
    (tmp_path / "fb374d419588a4632f3f557e76b4b70aebbca790").write_bytes(b"not a vocabulary")
    with pytest.raises(UserError):
        Tokenizers.load(CONFIG_DIR, tmp_path).prepare("o200k_base")
