"""A quiz as plain data: two things, a question, what came of it, the scores."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.estimation.facts.equivalents import Equivalence
from bot.estimation.facts.fact import Fact
from bot.estimation.facts.quiz_items import QuizItem
from bot.estimation.facts.training_facts import Training
from bot.estimation.impacts.model import Model
from bot.estimation.ranges import Range

USE, TRAININGS, EVERYDAY, WATER = "use", "training", "everyday", "water"
TOPICS = (USE, TRAININGS, EVERYDAY, WATER)
A, B = "a", "b"
SIDES = (A, B)
MAX_QUESTIONS = 15
DEFAULT_QUESTIONS = 5


@dataclass(frozen=True, slots=True)
class Thing:
    """One side of a question: `amount` in Wh, g CO2e or mL, as `dimension` says.

    `certain` is how far it may really lie, wider than `amount` where that has no range of its own (`ranged` false) or
    the method is known to be off. `subject` is what it is of, None where the item's own name says it.
    """

    item: QuizItem
    dimension: str
    amount: Range
    certain: Range
    ranged: bool
    facts: tuple[Fact, ...]
    subject: Equivalence | Model | Training | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """Which of two things is more, on which topic; `surprising` where people would bet on the wrong one."""

    topic: str
    things: Mapping[str, Thing]
    surprising: bool

    @property
    def id(self) -> frozenset[tuple[str, str, int]]:
        """Return what it asks, whichever side each thing is on."""
        return frozenset((one.item.kind, one.item.of, one.item.count) for one in self.things.values())

    @property
    def dimension(self) -> str:
        """Return what is compared: energy, gwp or water."""
        return self.things[A].dimension

    @property
    def answer(self) -> str:
        """Return the side that is more."""
        return max(SIDES, key=lambda side: self.things[side].amount.expected)

    @property
    def larger(self) -> Thing:
        """Return the thing that is more."""
        return self.things[self.answer]

    @property
    def smaller(self) -> Thing:
        """Return the thing that is less."""
        return self.things[A if self.answer == B else B]

    @property
    def ratio(self) -> float:
        """Return how many times the smaller one the larger one is."""
        return self.larger.amount.expected / self.smaller.amount.expected


class Vote(StrEnum):
    """What came of a press."""

    COUNTED = "counted"
    CHANGED = "changed"
    SAME = "same"
    SPENT = "spent"
    LATE = "late"
    FULL = "full"


class Ending(StrEnum):
    """Why a quiz is over."""

    FINISHED = "finished"
    STOPPED = "stopped"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Reveal:
    """A question answered: its number from 1 of so many, and how many chose each side."""

    question: Question
    number: int
    of: int
    votes: Mapping[str, int]

    @property
    def is_last(self) -> bool:
        """Tell whether nothing is left to ask."""
        return self.number == self.of


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody's rank (equal points share one) and points."""

    rank: int
    user_id: int
    points: int


@dataclass(frozen=True, slots=True)
class Scoreboard:
    """The best players, how many played, how many questions were answered, and why the quiz is over."""

    best: Sequence[Standing]
    players: int
    asked: int
    ending: Ending
