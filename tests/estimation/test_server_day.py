"""A server's day: 200 ordinary messages, each given the length that an assistant would plausibly write."""

from collections import Counter

import pytest

from bot.estimation.answer_length.predictor import predict
from scripts.server_day import MODEL, Message, read

MESSAGES = read()
PLAUSIBLE = {"chat": (8, 230), "short": (4, 150), "long": (130, 1100)}
"""Tokens within which the expected answer lies: a word or a paragraph for chat, one fact, a whole answer."""


@pytest.mark.parametrize("message", MESSAGES, ids=[message.text for message in MESSAGES])
def test_each_message_is_given_a_plausible_length(message: Message) -> None:
    least, most = PLAUSIBLE[message.kind]
    assert least <= predict(message.text, MODEL).expected <= most


def test_half_is_chat_and_half_is_french() -> None:
    assert len({message.text for message in MESSAGES}) == len(MESSAGES) == 200
    assert Counter(message.kind == "chat" for message in MESSAGES) == {True: 100, False: 100}
    assert Counter(message.language for message in MESSAGES) == {"fr": 100, "en": 100}
