"""One quiz as a state machine: questions, votes, points. No Discord, and the time is handed in."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from bot.usecases.records.quiz import SIDES, Ending, Question, Reveal, Scoreboard, Standing, Vote

ANSWER_TIME = timedelta(seconds=25)
MAX_PLAYERS = 2_000
"""Players whose votes are kept at once."""

SHOWN = 10
"""Players on the scoreboard."""


class Phase(StrEnum):
    """Where the game is: before a question, during one, after its answer, at the end."""

    BEFORE = "before"
    ASKING = "asking"
    REVEALED = "revealed"
    OVER = "over"


class Game:
    """Questions one after the other, started by `host_id`. Votes and points live here, and go with it."""

    def __init__(self, questions: Sequence[Question], host_id: int, answer_time: timedelta = ANSWER_TIME) -> None:
        self.questions, self.host_id, self.answer_time = questions, host_id, answer_time
        self.phase = Phase.BEFORE
        self.number = 0
        self.ending = Ending.FINISHED
        self._deadline: datetime | None = None
        self._votes: dict[int, str] = {}
        self._changed: set[int] = set()
        self._points: Counter[int] = Counter()
        self._answered = 0

    @property
    def voters(self) -> int:
        """Return how many have voted on the question that is asked."""
        return len(self._votes)

    @property
    def question(self) -> Question:
        """Return the question that is asked, or was asked last."""
        return self.questions[self.number - 1]

    def ask(self) -> bool:
        """Ask the next question; tell whether there was one."""
        if self.phase is Phase.OVER or self.number == len(self.questions):
            return False
        self.phase, self._deadline = Phase.ASKING, None
        self.number += 1
        self._votes.clear()
        self._changed.clear()
        return True

    def opened(self, at: datetime) -> None:
        """Note when people saw the question: their time starts there."""
        self._deadline = at + self.answer_time

    def vote(self, user_id: int, number: int, side: str, at: datetime) -> Vote:
        """Take somebody's vote on the question of that number, or their one change of mind."""
        is_open = self.phase is Phase.ASKING and number == self.number
        if not is_open or (self._deadline is not None and at > self._deadline):
            return Vote.LATE
        before = self._votes.get(user_id)
        if before is None:
            return self._first(user_id, side)
        if before == side:
            return Vote.SAME
        if user_id in self._changed:
            return Vote.SPENT
        self._votes[user_id] = side
        self._changed.add(user_id)
        return Vote.CHANGED

    def close(self) -> Reveal:
        """End the question: count the votes and give the points."""
        self.phase = Phase.REVEALED
        self._answered += 1
        counted = Counter(self._votes.values())
        for user_id, side in self._votes.items():
            self._points[user_id] += side == self.question.answer
        return Reveal(self.question, self.number, len(self.questions), {side: counted[side] for side in SIDES})

    def advance(self, number: int) -> bool:
        """Leave the answer of the question of that number; tell whether that is where the game was."""
        if self.phase is not Phase.REVEALED or number != self.number:
            return False
        self.phase = Phase.BEFORE
        return True

    def stop(self, ending: Ending = Ending.STOPPED) -> None:
        """End it now; a question that was open counts for nobody."""
        if self.phase is not Phase.OVER:
            self.phase, self.ending = Phase.OVER, ending

    def scoreboard(self) -> Scoreboard:
        """Return the scores so far."""
        ordered = sorted(self._points.items(), key=lambda pair: (-pair[1], pair[0]))
        ranks: dict[int, int] = {}
        for place, (_, points) in enumerate(ordered, 1):
            ranks.setdefault(points, place)
        best = [Standing(ranks[points], user_id, points) for user_id, points in ordered[:SHOWN]]
        return Scoreboard(best, len(ordered), self._answered, self.ending)

    def _first(self, user_id: int, side: str) -> Vote:
        if len(self._votes) >= MAX_PLAYERS or (user_id not in self._points and len(self._points) >= MAX_PLAYERS):
            return Vote.FULL
        self._votes[user_id] = side
        return Vote.COUNTED
