"""A quiz's questions: none can be argued about, none comes twice, easy and surprising ones mixed."""

import itertools
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import ConfigError
from bot.estimation.estimator import Estimator
from bot.estimation.facts import quiz_items
from bot.estimation.facts.fact import CONFIG_DIR
from bot.estimation.facts.politeness_facts import PolitenessFacts
from bot.estimation.facts.quiz_items import QuizItems
from bot.presentation import quiz
from bot.presentation.translator import Catalogues
from bot.usecases.quiz import questions
from bot.usecases.quiz.questions import Questions
from bot.usecases.records.quiz import SIDES, TOPICS, WATER, A, B, Question

TOPIC = st.sampled_from([None, *TOPICS])
MIN_DISTINCT = 20


@pytest.fixture(scope="module")
def made(estimator: Estimator) -> Questions:
    return Questions.load(CONFIG_DIR, estimator, PolitenessFacts.load(CONFIG_DIR))


@pytest.fixture(scope="module")
def everything(made: Questions) -> list[Question]:
    return [question for found in made.by_topic.values() for question in found]


def test_no_pair_overlaps_and_both_sides_are_alike(everything: list[Question]) -> None:
    for question in everything:
        more, less = question.larger, question.smaller
        assert more.dimension == less.dimension == question.dimension
        assert more.amount.low > less.amount.high, question.id
        assert questions.MIN_RATIO <= question.ratio <= questions.MAX_RATIO
        if {more.item.kind, less.item.kind} != {quiz_items.ANSWERS}:
            assert more.certain.low > less.certain.high, question.id


def test_figures_without_a_range_stand_well_apart(everything: list[Question]) -> None:
    bare = [one for one in everything if not (one.larger.ranged or one.smaller.ranged)]
    assert len(bare) > 100
    assert min(one.ratio for one in bare) >= 2.25


def test_answers_stand_beside_everyday_things_with_the_methods_error(everything: list[Question]) -> None:
    found = [one for one in everything if {"answers", "equivalent"} == {side.item.kind for side in one.things.values()}]
    assert len(found) > 50
    assert min(one.ratio for one in found) >= 3 * 1.5


def test_what_mixes_the_kinds_of_answers_is_not_asked(everything: list[Question]) -> None:
    for question in everything:
        kinds = {one.item.kind for one in question.things.values()}
        assert len(kinds & set(questions.AI_ANSWERS)) <= 1
        assert len({one.item.of for one in question.things.values()}) == 2


def test_every_topic_has_enough_to_ask_in_every_language(made: Questions, catalogues: Catalogues) -> None:
    for language, topic in itertools.product(catalogues.languages, TOPICS):
        t = catalogues.translator(language.id)
        asked = {
            (one.dimension, *sorted(quiz.thing(one.things[side], t) for side in SIDES)) for one in made.by_topic[topic]
        }
        assert len(asked) >= MIN_DISTINCT, (language.id, topic)
        surprising = sum(one.surprising for one in made.by_topic[topic])
        assert 10 <= surprising <= len(made.by_topic[topic]) / 2, topic


def test_both_sides_of_a_question_are_told_apart(everything: list[Question], catalogues: Catalogues) -> None:
    for language in catalogues.languages:
        t = catalogues.translator(language.id)
        for question in everything:
            assert quiz.thing(question.things[A], t) != quiz.thing(question.things[B], t)
            for side in SIDES:
                assert 0 < len(quiz.label(side, question.things[side], t)) <= quiz.MAX_LABEL


@settings(max_examples=60)
@given(seed=st.integers(), count=st.integers(1, 15), topic=TOPIC)
def test_a_quiz_has_each_question_once_and_neighbours_in_nothing_alike(
    made: Questions, seed: int, count: int, topic: str | None
) -> None:
    drawn = made.draw(count, topic, random.Random(seed))
    assert len(drawn) == count
    assert len({one.id for one in drawn}) == count
    assert topic is None or {one.topic for one in drawn} == {topic}
    for before, after in itertools.pairwise(drawn):
        assert not {one.item.of for one in before.things.values()} & {one.item.of for one in after.things.values()}


@settings(max_examples=60)
@given(seed=st.integers(), count=st.integers(2, 10), topic=TOPIC)
def test_a_quiz_is_balanced(made: Questions, seed: int, count: int, topic: str | None) -> None:
    drawn = made.draw(count, topic, random.Random(seed))
    assert not drawn[0].surprising
    assert abs(sum(one.surprising for one in drawn) - count / 2) <= 1
    if topic is None:
        assert len({one.topic for one in drawn}) == min(count, len(TOPICS))


@settings(max_examples=30)
@given(seed=st.integers(), topic=TOPIC)
def test_the_next_quiz_asks_something_else(made: Questions, seed: int, topic: str | None) -> None:
    rng = random.Random(seed)
    first = {one.id for one in made.draw(5, topic, rng)}
    assert not first & {one.id for one in made.draw(5, topic, rng, avoid=first)}


def test_the_order_is_the_seeds(made: Questions) -> None:
    def ids(seed: int) -> list[object]:
        return [(one.id, one.answer) for one in made.draw(5, None, random.Random(seed))]

    assert ids(3) == ids(3)
    assert len({str(ids(seed)) for seed in range(20)}) == 20


def test_the_right_answer_is_on_either_side(made: Questions) -> None:
    rng = random.Random(1)
    sides = [one.answer for _ in range(40) for one in made.draw(5, None, rng)]
    assert 60 <= sides.count(A) <= 140


def test_a_small_config_gives_a_short_quiz(made: Questions) -> None:
    few = Questions([side for found in made.by_topic.values() for one in found[:2] for side in one.things.values()])
    drawn = few.draw(15, WATER, random.Random(1))
    assert 0 < len(drawn) == len({one.id for one in drawn}) < 15


def test_an_item_that_cant_be_is_named(tmp_path: Path, estimator: Estimator) -> None:
    whole = (CONFIG_DIR / "quiz.toml").read_text("utf-8")
    (tmp_path / "quiz.toml").write_text(whole + '\n[[item]]\nkind = "dream"\nof = "x"\n', "utf-8")
    with pytest.raises(ConfigError, match="config_invalid"):
        QuizItems.load(tmp_path)
    (tmp_path / "quiz.toml").write_text(whole + '\n[[item]]\nkind = "equivalent"\nof = "unicorn"\n', "utf-8")
    with pytest.raises(ConfigError, match="unicorn"):
        Questions.load(tmp_path, estimator, PolitenessFacts.load(CONFIG_DIR))


def test_who_quotes_a_source_is_named_once(everything: list[Question]) -> None:
    quoted = [fact for one in everything for side in SIDES for fact in one.things[side].facts if fact.via]
    assert quoted
    assert not [fact.source for fact in quoted if "android-mt" in fact.source.lower() or fact.source == "Selectra"]
