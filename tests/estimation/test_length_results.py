"""What the report of the length predictor last said is within what was to be reached, and of the fit that is there."""

import tomllib

from bot.estimation.facts.fact import CONFIG_DIR
from scripts.answer_length import results
from scripts.answer_length.yardstick import Yardstick


def test_the_goals_are_reached_out_of_the_fit() -> None:
    means = results.read()
    missed = [goal.id for goal in Yardstick.load().goals if not goal.is_reached(means.goals[goal.id])]
    assert not missed


def test_benchmarks_are_no_worse_for_it() -> None:
    error, coverage = results.read().kinds["benchmark"]
    assert error <= 0.56
    assert 0.78 <= coverage <= 0.86


def test_a_goal_that_is_missed_is_told() -> None:
    goal = Yardstick.load().goals[0]
    error, coverage = goal.reach
    assert goal.is_reached((error, coverage))
    assert not goal.is_reached((error + 0.01, coverage))
    assert not goal.is_reached((error, coverage - 0.01))


def test_the_report_is_about_the_answers_that_were_fitted_on() -> None:
    fitted = tomllib.loads((CONFIG_DIR / "answer_length.coefficients.toml").read_text("utf-8"))
    answers = tomllib.loads(results.PATH.read_text("utf-8"))["answers"]
    assert fitted["source"].startswith(f"{answers:,} answers")
