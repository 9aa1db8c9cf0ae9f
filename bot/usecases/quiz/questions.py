"""Makes a quiz's questions: pairs that can't be argued about, each once, easy and surprising ones in turn."""

import itertools
import math
import random
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from bot.errors import ConfigError
from bot.estimation.estimator import Estimator
from bot.estimation.facts import quiz_items
from bot.estimation.facts.politeness_facts import PolitenessFacts
from bot.estimation.facts.quiz_items import QuizItems
from bot.usecases.quiz.things import Things
from bot.usecases.records.quiz import EVERYDAY, TOPICS, TRAININGS, USE, WATER, A, B, Question, Thing

MIN_RATIO, MAX_RATIO = 1.5, 1000.0
"""Closer than that nobody can tell, farther apart nobody has to think."""

AI_ANSWERS = (quiz_items.ANSWERS, quiz_items.POLITENESS, quiz_items.MEASURED)
"""What is an AI's answer, each counted in its own way: set beside everyday things, never beside one another."""

QuestionId = frozenset[tuple[str, str, int]]


class Questions:
    """All questions that can be asked, by topic."""

    def __init__(self, things: Iterable[Thing]) -> None:
        self.by_topic: dict[str, list[Question]] = {topic: [] for topic in TOPICS}
        for question in _pairs(things):
            self.by_topic[question.topic].append(question)
        if empty := [topic for topic, found in self.by_topic.items() if not found]:
            raise ConfigError("quiz.toml", f"no pair: {', '.join(empty)}")

    @classmethod
    def load(cls, config_dir: Path, estimator: Estimator, politeness: PolitenessFacts) -> "Questions":
        """Read `config/quiz.toml`; `ConfigError` when it can't be read, or a topic has no question."""
        return cls(Things(estimator, QuizItems.load(config_dir), politeness).all())

    def draw(
        self, count: int, topic: str | None, rng: random.Random, avoid: Collection[QuestionId] = frozenset()
    ) -> list[Question]:
        """Return so many questions in an order that `rng` makes: none twice, neighbours with nothing in common.

        Half of them surprising, an easy one first. Those of `avoid` come only where there are no others; fewer than
        asked for where there aren't so many.
        """
        topics = [topic] if topic else rng.sample(TOPICS, len(TOPICS))
        drawn = list[Question]()
        for number, surprising in enumerate(_plan(count, rng)):
            left = self._left(_from(topics, number), {one.id for one in drawn})
            if not left:
                break
            drawn.append(_sides(_pick(left, surprising, drawn, avoid, rng), rng))
        return drawn

    def _left(self, topics: Iterable[str], used: Collection[QuestionId]) -> list[Question]:
        """Return the questions not asked yet of the first topic that has some."""
        pools = ([one for one in self.by_topic[topic] if one.id not in used] for topic in topics)
        return next((pool for pool in pools if pool), [])


def _plan(count: int, rng: random.Random) -> list[bool]:
    """Return which questions are to surprise: every second one on average, never the first."""
    rest = [number % 2 == 0 for number in range(max(0, count - 1))]
    rng.shuffle(rest)
    return [False, *rest][:count]


def _from(topics: Sequence[str], number: int) -> list[str]:
    start = number % len(topics)
    return [*topics[start:], *topics[:start]]


def _pick(
    pool: list[Question],
    surprising: bool,
    drawn: list[Question],
    avoid: Collection[QuestionId],
    rng: random.Random,
) -> Question:
    """Return one that fits best: new here, as surprising as wanted, of things not seen lately."""
    seen = {part for one in drawn for part in _subjects(one)}
    last = _subjects(drawn[-1]) if drawn else frozenset[str]()

    def misfit(one: Question) -> tuple[bool, bool, bool, int]:
        subjects = _subjects(one)
        return (
            bool(subjects & last),
            one.id in avoid,
            one.surprising != surprising,
            len(subjects & seen),
        )

    least = min(map(misfit, pool))
    return rng.choice([one for one in pool if misfit(one) == least])


def _subjects(question: Question) -> frozenset[str]:
    return frozenset(one.item.of for one in question.things.values())


def _sides(question: Question, rng: random.Random) -> Question:
    """Return the question with its things on sides that nobody can foresee."""
    first, second = rng.sample([question.things[A], question.things[B]], 2)
    return Question(question.topic, {A: first, B: second}, question.surprising)


def _pairs(things: Iterable[Thing]) -> Iterator[Question]:
    for one, other in itertools.combinations(things, 2):
        if one.dimension == other.dimension and _comparable(one, other):
            question = Question(_topic(one, other), {A: one, B: other}, _surprising(one, other))
            if MIN_RATIO <= question.ratio <= MAX_RATIO:
                yield question


def _comparable(one: Thing, other: Thing) -> bool:
    """Tell whether one is more without a doubt; two answers are off in the same way, so theirs are their own ranges."""
    kinds = {one.item.kind, other.item.kind}
    if one.item.of == other.item.of or (kinds <= set(AI_ANSWERS) and len(kinds) > 1):
        return False
    if kinds == {quiz_items.ANSWERS}:
        return not _overlap(one.amount, other.amount)
    return not _overlap(one.certain, other.certain)


def _overlap(one: tuple[float, float, float], other: tuple[float, float, float]) -> bool:
    return one[0] <= other[2] and other[0] <= one[2]


def _surprising(one: Thing, other: Thing) -> bool:
    """Tell whether people would bet on the wrong one: what each is taken for is the other way round."""
    less, more = sorted((one, other), key=lambda thing: thing.amount.expected)
    return math.log10(more.amount.expected / less.amount.expected) < less.item.overrated - more.item.overrated


def _topic(one: Thing, other: Thing) -> str:
    kinds = {one.item.kind, other.item.kind}
    if one.dimension == "water":
        return WATER
    if quiz_items.TRAINING in kinds:
        return TRAININGS
    return EVERYDAY if kinds.isdisjoint(AI_ANSWERS) and "chatgpt_day" not in {one.item.of, other.item.of} else USE
