"""The quiz as a state machine: votes in time, one change of mind, points, ranks, ends."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.estimation.estimator import Estimator
from bot.estimation.facts.fact import CONFIG_DIR
from bot.estimation.facts.politeness_facts import PolitenessFacts
from bot.usecases.quiz import game as games
from bot.usecases.quiz.game import ANSWER_TIME, Game, Phase
from bot.usecases.quiz.questions import Questions
from bot.usecases.records.quiz import EVERYDAY, A, B, Ending, Question, Vote

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
LEO, INES, NOAH = 1, 2, 3


@pytest.fixture(scope="module")
def two(estimator: Estimator) -> list[Question]:
    made = Questions.load(CONFIG_DIR, estimator, PolitenessFacts.load(CONFIG_DIR))
    return made.by_topic[EVERYDAY][:2]


@pytest.fixture
def game(two: list[Question]) -> Game:
    game = Game(two, host_id=LEO)
    assert game.ask()
    game.opened(NOON)
    return game


def wrong(game: Game) -> str:
    return B if game.question.answer == A else A


def test_a_vote_may_be_changed_once(game: Game) -> None:
    assert game.vote(INES, 1, A, NOON) is Vote.COUNTED
    assert game.vote(INES, 1, A, NOON) is Vote.SAME
    assert game.vote(INES, 1, B, NOON) is Vote.CHANGED
    assert game.vote(INES, 1, B, NOON) is Vote.SAME
    assert game.vote(INES, 1, A, NOON) is Vote.SPENT
    assert game.close().votes == {A: 0, B: 1}


@pytest.mark.parametrize(("late", "outcome"), [(0, Vote.COUNTED), (25, Vote.COUNTED), (25.1, Vote.LATE)])
def test_votes_are_taken_until_the_deadline(game: Game, late: float, outcome: Vote) -> None:
    assert timedelta(seconds=25) == ANSWER_TIME
    assert game.vote(INES, 1, A, NOON + timedelta(seconds=late)) is outcome


def test_a_vote_before_the_post_is_confirmed_counts(two: list[Question]) -> None:
    game = Game(two, LEO)
    assert game.vote(INES, 1, A, NOON) is Vote.LATE
    game.ask()
    assert game.vote(INES, 1, A, NOON) is Vote.COUNTED


def test_votes_on_another_question_are_late(game: Game) -> None:
    assert game.vote(INES, 2, A, NOON) is Vote.LATE
    game.close()
    assert game.vote(INES, 1, A, NOON) is Vote.LATE
    assert game.advance(1) and game.ask()
    assert game.vote(INES, 1, A, NOON) is Vote.LATE
    assert game.vote(INES, 2, A, NOON) is Vote.COUNTED


def test_the_next_question_comes_once(game: Game) -> None:
    assert not game.advance(1)
    game.close()
    assert not game.advance(2)
    assert game.advance(1)
    assert not game.advance(1)
    assert game.ask()
    game.close()
    game.advance(2)
    assert not game.ask()


def test_points_and_ranks(game: Game) -> None:
    right = game.question.answer
    game.vote(LEO, 1, right, NOON)
    game.vote(INES, 1, wrong(game), NOON)
    game.vote(INES, 1, right, NOON)
    game.vote(NOAH, 1, wrong(game), NOON)
    game.close()
    game.advance(1)
    game.ask()
    game.vote(NOAH, 2, wrong(game), NOON)
    assert game.close().is_last
    game.stop(Ending.FINISHED)
    board = game.scoreboard()
    assert [(one.rank, one.user_id, one.points) for one in board.best] == [(1, LEO, 1), (1, INES, 1), (3, NOAH, 0)]
    assert (board.players, board.asked, board.ending) == (3, 2, Ending.FINISHED)


def test_a_stopped_question_counts_for_nobody(game: Game) -> None:
    game.vote(INES, 1, game.question.answer, NOON)
    game.stop()
    game.stop(Ending.FINISHED)
    assert game.phase is Phase.OVER
    assert game.vote(LEO, 1, A, NOON) is Vote.LATE
    assert not game.ask()
    board = game.scoreboard()
    assert (list(board.best), board.asked, board.ending) == ([], 0, Ending.STOPPED)


def test_the_players_kept_are_bounded(game: Game, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(games, "MAX_PLAYERS", 2)
    assert game.vote(LEO, 1, A, NOON) is Vote.COUNTED
    assert game.vote(INES, 1, A, NOON) is Vote.COUNTED
    assert game.vote(NOAH, 1, A, NOON) is Vote.FULL
    assert game.vote(INES, 1, B, NOON) is Vote.CHANGED
    game.close()
    game.advance(1)
    game.ask()
    assert game.vote(NOAH, 2, A, NOON) is Vote.FULL
    assert game.vote(LEO, 2, A, NOON) is Vote.COUNTED


def test_ten_are_shown_of_many(two: list[Question]) -> None:
    game = Game(two, LEO)
    game.ask()
    for user_id in range(40):
        game.vote(user_id, 1, game.question.answer if user_id < 3 else wrong(game), NOON)
    game.close()
    board = game.scoreboard()
    assert (len(board.best), board.players) == (10, 40)
    assert [one.rank for one in board.best] == [1, 1, 1, *[4] * 7]
