"""Dialogue acts: what asks for nothing is told from what asks for something, in both languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.estimation.answer_length.feature_names import SMALL_TALK
from bot.estimation.answer_length.predictor import default
from bot.estimation.words import split

LENGTHS = default()


def task_of(text: str) -> str:
    words = split(text, LENGTHS.doubled)
    return LENGTHS.basis(words, text, LENGTHS.courtesy.find(words, text)).task


@pytest.mark.parametrize(
    "text",
    [
        "Thanks that worked",
        "thank yoooou",
        "oh that's great thanks",
        "Thanks for the explanation",
        "The trick did it, thank you again",
        "merci pour l'explication",
        "Merci d'avance",
        "j'arrive",
        "je reviens dans 10 minutes",
        "brb",
        "I'm on my way",
        "I'll tell you which kinds of food I like",
        "Would you say we're friends?",
        "do you have feelings",
        "on est amis ?",
        "Hey, what's new?",
        "qui es-tu ?",
    ],
)
def test_small_talk(text: str) -> None:
    assert task_of(text) == SMALL_TALK


@pytest.mark.parametrize(
    "text",
    [
        "Thank you - now write a more detailed plan for each of the eight areas.",
        "thanks any other suggestions for report covers",
        "Thanks. Are there any sauces with similar flavors?",
        "thank her for dealing with my lactose intolerance",
        "Merci de vérifier ce code",
        "ok merci, et le chapitre 4 ?",
        "Traduis en anglais : merci beaucoup",
        "What's your name for this bird?\nA photo shows it on a branch, and there is a long story to be told about it",
        "Write lyrics for a song titled Do you love me",
        "I have a question: how do rainbows form?",
        "Fais-moi un poème qui parle de toi et de ton nom",
    ],
)
def test_requests_are_no_small_talk(text: str) -> None:
    assert task_of(text) != SMALL_TALK


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("that is incorrect", "statement"),
        ("c'est faux", "statement"),
        ("You're pretty.", "statement"),
        ("I got a 2.", "statement"),
        ("il pleut encore", "statement"),
        ("My cat died yesterday and I can't stop crying", "feeling"),
        ("ma copine m'a quitté", "feeling"),
    ],
)
def test_statements(text: str, task: str) -> None:
    assert task_of(text) == task


@pytest.mark.parametrize(
    "text",
    [
        "I need 25 questions on general programming",
        "I want a recipe for pancakes",
        "j'ai besoin d'un plan pour réviser",
        "je veux apprendre le piano",
        "I feel sad, what should I do?",
        "You are a facilitation expert. Design a series of workshops.",
        "My favourite review of the series is this:",
        "Why is the sky blue?",
    ],
)
def test_requests_are_no_statements(text: str) -> None:
    assert task_of(text) not in ("statement", "feeling")


@pytest.mark.parametrize(
    ("question", "least"),
    [
        ("Why do onions make you cry?", 200),
        ("How does a fridge work?", 200),
        ("What should I cook tonight with eggs and rice?", 150),
        ("Pourquoi le pain rassit-il ?", 180),
        ("Comment fonctionne un frigo ?", 200),
    ],
)
def test_real_short_questions_keep_a_whole_answer(question: str, least: int) -> None:
    assert LENGTHS.predict(question, "openai/gpt-4o").expected >= least


@pytest.mark.parametrize(
    "text",
    [
        "qui vient jouer ce soir",
        "quelqu'un pour une partie ce soir ?",
        "n'oublie pas la réunion demain",
        "anyone up for a game tonight?",
        "don't forget the meeting tomorrow",
        "le serveur redémarre ce soir à 22h",
        "the meeting is moved to 3pm",
        "pas mal du tout",
        "that's hilarious",
        "il est nul ce bot",
        "bon courage pour demain",
        "I finished my report",
        "ça va ?",
        "à demain",
        "tu préfères les chats ou les chiens ?",
        "what's your favourite colour?",
        "how do you spell necessary?",
        "comment dit-on chat en anglais ?",
        "what are we eating tonight",
        "what time are we meeting tomorrow",
        "anyone seen my keys lol",
        "quelqu'un a vu mes clés ?",
        "qui a mangé mon sandwich",
        "are you a bot",
        "t'es un bot ?",
        "tu aimes la pizza ?",
        "nice pfp",
        "désolé du retard",
        'traduis "bonjour" en japonais',
        "c'est quoi la capitale de l'australie",
        "name one source of protein",
    ],
)
def test_what_is_said_to_people_or_takes_a_word_is_given_a_short_answer(text: str) -> None:
    assert LENGTHS.predict(text, "openai/gpt-4o").expected <= 110


@pytest.mark.parametrize(
    "text",
    [
        "the party is on Saturday, suggest a cake",
        "give me three ideas for saturday",
        "écris une invitation pour samedi",
        "un poème sur demain",
        "amazing facts about bees",
        "check your answer",
        "let's write a story together",
        "qui vient de gagner la coupe du monde 2018",
        "bring me a list of vegan recipes",
        "are we going extinct?",
        "what is garbage collection in java",
        "why are people afraid of spiders",
    ],
)
def test_requests_that_hold_such_words_keep_a_whole_answer(text: str) -> None:
    assert LENGTHS.predict(text, "openai/gpt-4o").expected >= 200


@pytest.mark.parametrize("text", ["en 5 points, explique la photosynthèse", "explain photosynthesis in 5 points"])
def test_points_are_a_unit_of_length(text: str) -> None:
    assert LENGTHS.predict(text, "openai/gpt-4o").expected <= 320


@pytest.mark.parametrize("code", ["talk.3000.4459.6000", "ask.5000.7900.9000", "statement.4000.6000.8000"])
def test_codes_of_buttons_already_sent_are_understood(code: str) -> None:
    assert LENGTHS.decode(code).encode() == code


@given(st.text(alphabet=" .?!jeIthankyoumercid'", max_size=80))
def test_no_mixture_of_such_words_fails(text: str) -> None:
    found = LENGTHS.predict(text, "openai/gpt-4o")
    assert 1 <= found.low <= found.expected <= found.high


@pytest.mark.parametrize("text", ["J'arrive dans 5 min", "do you love me", "merci c'est top", "thanks mate"])
@pytest.mark.parametrize("model", ["x-ai/grok-4", "openai/gpt-oss-120b", "who/knows"])
def test_small_talk_is_at_most_60_tokens(text: str, model: str) -> None:
    assert LENGTHS.predict(text, model).expected <= 60
