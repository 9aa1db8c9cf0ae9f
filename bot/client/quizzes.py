"""The quizzes that are being played: one per channel, in memory only."""

import asyncio
import random
from collections.abc import Awaitable, Callable

import discord

from bot.annotating.rate_limits import RateLimits
from bot.client.quiz_posts import QuizPosts
from bot.client.quiz_run import MakeButton, QuizRun
from bot.counting.bounded_dict import BoundedDict
from bot.counting.tasks import Tasks
from bot.errors import UserError
from bot.presentation.translator import Translator
from bot.usecases.quiz.game import ANSWER_TIME, Game
from bot.usecases.quiz.questions import QuestionId, Questions

MAX_QUIZZES = 1_000
"""Quizzes at once in this process."""


class Quizzes:
    """Starts quizzes and finds them again. `rng` makes their order; tests put a seeded one there."""

    def __init__(self, questions: Questions, tasks: Tasks, rate_limits: RateLimits) -> None:
        self._questions, self._tasks, self._rate_limits = questions, tasks, rate_limits
        self.rng = random.Random()  # noqa: S311
        self.answer_time = ANSWER_TIME
        self.make_button: MakeButton | None = None
        """Set by the cog that listens to it."""
        self._running: dict[int, QuizRun | None] = {}
        self._asked = BoundedDict[int, frozenset[QuestionId]](2_000)

    @property
    def answer_seconds(self) -> int:
        """Return how long a question is open."""
        return round(self.answer_time.total_seconds())

    async def start(
        self,
        channel: discord.PartialMessageable,
        quiz_id: int,
        host_id: int,
        count: int,
        topic: str | None,
        t: Translator,
        announce: Callable[[int], Awaitable[object]],
    ) -> None:
        """Start a quiz in a channel after having announced how many questions it has; `UserError` when one runs."""
        if channel.id in self._running:
            raise UserError("error.quiz_running")
        if len(self._running) >= MAX_QUIZZES:
            raise UserError("error.quiz_too_many")
        self._running[channel.id] = None  # from here on it is taken
        try:
            lately = self._asked.get(channel.id) or frozenset()
            questions = await asyncio.to_thread(self._questions.draw, count, topic, self.rng, lately)
            await announce(len(questions))
        except BaseException:
            del self._running[channel.id]
            raise
        self._asked.put(channel.id, frozenset(one.id for one in questions))
        assert self.make_button is not None, "set when the cogs were loaded"
        posts = QuizPosts(channel, self._tasks, self._rate_limits)
        run = QuizRun(quiz_id, Game(questions, host_id, self.answer_time), posts, self.make_button, t)
        self._running[channel.id] = run
        self._tasks.start(self._play(channel.id, run), f"quiz {quiz_id} in channel {channel.id}")

    def running(self, channel_id: int | None) -> QuizRun:
        """Return the quiz of a channel; `UserError` where there is none."""
        run = self._running.get(channel_id or 0)
        if run is None:
            raise UserError("error.quiz_none")
        return run

    def of_button(self, channel_id: int | None, quiz_id: int) -> QuizRun:
        """Return the quiz that a button belongs to; `UserError` when it is over, or was before a restart."""
        run = self._running.get(channel_id or 0)
        if run is None or run.quiz_id != quiz_id:
            raise UserError("error.quiz_over")
        return run

    async def _play(self, channel_id: int, run: QuizRun) -> None:
        try:
            await run.play()
        finally:
            del self._running[channel_id]
