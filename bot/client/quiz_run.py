"""One quiz from its first question to its scores: asks, waits for votes, reveals, waits for who leads it."""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Protocol

import discord

from bot.client.quiz_posts import Buttons, QuizPosts, layout
from bot.counting.tasks import rest
from bot.presentation import quiz
from bot.presentation.translator import Translator
from bot.usecases.quiz.game import Game, Phase
from bot.usecases.records.quiz import SIDES, Ending, Reveal

EDIT_INTERVAL = 4.0
"""Seconds between two edits that show how many have voted."""

QUIET_SECONDS = 300.0
"""After an answer nobody leads on from, the quiz ends by itself."""

NEXT, STOP = "next", "stop"


class MakeButton(Protocol):
    """Makes the button that does something in the question of that number of a quiz."""

    def __call__(self, action: str, quiz_id: int, number: int, label: str) -> discord.ui.Item[Any]:
        """Return the button."""
        ...


class QuizRun:
    """Plays one game in one channel. `quiz_id` is the id of the interaction that started it."""

    def __init__(
        self,
        quiz_id: int,
        game: Game,
        posts: QuizPosts,
        make_button: MakeButton,
        t: Translator,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.quiz_id, self.game = quiz_id, game
        self._posts, self._make_button, self._t, self._clock = posts, make_button, t, clock
        self._wake = asyncio.Event()
        self._led_at, self._led_clock = discord.utils.snowflake_time(quiz_id), clock()

    def advance(self, number: int, at: datetime) -> bool:
        """Go on from the answer of that number, as led at a moment of Discord's; tell whether it was there."""
        done = self.game.advance(number)
        if done:
            self._led_at, self._led_clock = at, self._clock()
            self._wake.set()
        return done

    def stop(self) -> None:
        """End the quiz now."""
        self.game.stop()
        self._wake.set()

    async def play(self) -> None:
        """Play it to its end; where Discord takes no more posts, that is here."""
        while self.game.ask():
            if not await self._ask():
                return
            if self.game.phase is not Phase.ASKING:
                break
            shown = self.game.close()
            if not await self._reveal(shown):
                return
            if shown.is_last:
                break
            await self._wait_for_lead()
        self.game.stop(Ending.FINISHED)
        await self._posts.post(layout(quiz.scoreboard(self.game.scoreboard(), self._t)), f"{self.quiz_id}s")

    async def _ask(self) -> bool:
        """Show the question and take votes until its time is up; tell whether it could be shown."""
        game = self.game
        now = self._led_at + timedelta(seconds=self._clock() - self._led_clock)
        ends = now + game.answer_time
        message = await self._posts.post(self._question(ends), f"{self.quiz_id}q{game.number}")
        if message is None:
            return False
        game.opened(message.created_at)
        await self._collect(message.id, ends)
        number, of = game.number, len(game.questions)
        self._posts.edit(message.id, layout(quiz.closed(game.question, number, of, self._t)))
        return True

    async def _collect(self, message_id: int, ends: datetime) -> None:
        """Wait for the end of the question's time or of the quiz; show now and then how many have voted."""
        until, shown = self._clock() + self.game.answer_time.total_seconds(), 0
        while self.game.phase is Phase.ASKING and (left := until - self._clock()) > 0:
            await rest(self._wake, min(left, EDIT_INTERVAL))
            voters = self.game.voters
            late = until - self._clock() < EDIT_INTERVAL / 2
            if voters != shown and not late and self._posts.edit_if_idle(message_id, self._question(ends)):
                shown = voters

    async def _reveal(self, shown: Reveal) -> bool:
        buttons = () if shown.is_last else [self._button(name, f"quiz.button.{name}") for name in (NEXT, STOP)]
        view = layout(quiz.reveal(shown, self._t), buttons)
        return await self._posts.post(view, f"{self.quiz_id}r{shown.number}") is not None

    async def _wait_for_lead(self) -> None:
        await rest(self._wake, QUIET_SECONDS)
        if self.game.phase is Phase.REVEALED:
            self.game.stop(Ending.QUIET)

    def _question(self, ends: datetime) -> discord.ui.LayoutView:
        game, t = self.game, self._t
        lines = quiz.question(game.question, game.number, len(game.questions), ends, game.voters, t)
        return layout(lines, self._sides())

    def _sides(self) -> Buttons:
        game, things = self.game, self.game.question.things
        labels = {side: quiz.label(side, things[side], self._t) for side in SIDES}
        return [self._make_button(side, self.quiz_id, game.number, labels[side]) for side in SIDES]

    def _button(self, action: str, key: str) -> discord.ui.Item[Any]:
        return self._make_button(action, self.quiz_id, self.game.number, self._t(key))
