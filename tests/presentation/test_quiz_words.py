"""The quiz in words: figures with range and source, votes, ranks; mentions as text, nothing too long for Discord."""

import re

import pytest

from bot.client.quiz_posts import layout
from bot.estimation.estimator import Estimator
from bot.estimation.facts.fact import CONFIG_DIR
from bot.estimation.facts.politeness_facts import PolitenessFacts
from bot.presentation import quiz
from bot.presentation.translator import Catalogues
from bot.usecases.quiz.questions import Questions
from bot.usecases.records.quiz import A, B, Ending, Question, Reveal, Scoreboard, Standing

MAX_TEXT = 4000
"""Characters that Discord takes in all the text of one message of components."""


@pytest.fixture(scope="module")
def everything(estimator: Estimator) -> list[Question]:
    made = Questions.load(CONFIG_DIR, estimator, PolitenessFacts.load(CONFIG_DIR))
    return [one for found in made.by_topic.values() for one in found]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_answer_says_its_figures_ranges_and_dated_sources(
    everything: list[Question], catalogues: Catalogues, language: str
) -> None:
    t = catalogues.translator(language)
    for question in everything:
        blocks = quiz.reveal(Reveal(question, 15, 15, {A: 999, B: 1}), t)
        assert sum(map(len, blocks)) < MAX_TEXT
        assert layout(blocks).content_length() < MAX_TEXT
        for line in blocks[2].splitlines():
            dated = r"([^-]+ )?\d{4}( \((lu le|read) [^-]+ \d{4}\))?$"
            assert re.search(rf" \((.+\s–\s.+|.*fourchette.*|no range.*)\) · .+ · .+, {dated}", line), line
            assert line.count("](http") <= 2
        assert "{" not in "".join(blocks)


def test_how_the_votes_fell(everything: list[Question], catalogues: Catalogues) -> None:
    question, t = everything[0], catalogues.translator("fr")
    votes = {question.answer: 3, B if question.answer == A else A: 1}
    shown = quiz.reveal(Reveal(question, 1, 5, votes), t)[3]
    assert "▰▰▰▰▰▰▰▰▱▱ 3" in shown and "▰▰▱▱▱▱▱▱▱▱ 1" in shown
    assert "3 bonnes réponses sur 4" in shown
    assert "Personne n’a voté" in quiz.reveal(Reveal(question, 1, 5, {A: 0, B: 0}), t)[3]


def test_ranks_medals_and_who_is_left_out(catalogues: Catalogues) -> None:
    t = catalogues.translator("en")
    best = [Standing(1, 11, 4), Standing(1, 12, 4), Standing(3, 13, 1), Standing(4, 14, 0)]
    lines = quiz.scoreboard(Scoreboard(best, 6, 5, Ending.QUIET), t)
    assert "ends here" in lines[1]
    assert lines[2].splitlines() == [
        "🥇 \u2068<@11>\u2069: 4 of 5",
        "🥇 \u2068<@12>\u2069: 4 of 5",
        "🥉 \u2068<@13>\u2069: 1 of 5",
        "4. \u2068<@14>\u2069: 0 of 5",
        "… and 2 others",
    ]
    nobody = quiz.scoreboard(Scoreboard([Standing(1, 11, 0)], 1, 5, Ending.FINISHED), t)
    assert nobody[1:] == ["1. \u2068<@11>\u2069: 0 of 5"]
