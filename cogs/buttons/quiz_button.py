"""The quiz's buttons: a side's, *next* and *stop*. After a restart they say that the quiz is over."""

import re
from typing import Self

import discord

from bot.client.client import EmpreinteBot
from bot.client.permissions import require_quiz_lead
from bot.client.quiz_posts import without_buttons
from bot.client.quiz_run import STOP, QuizRun
from bot.errors import UserError
from bot.presentation import quiz
from bot.usecases.records.quiz import SIDES, Vote
from cogs.buttons.persistent_button import PersistentButton

REFUSALS = {Vote.SPENT: "error.quiz_vote_spent", Vote.LATE: "error.quiz_late", Vote.FULL: "error.quiz_full"}


class QuizButton(
    PersistentButton, template=r"quiz:(?P<action>a|b|next|stop):(?P<quiz>[0-9]{1,20}):(?P<number>[0-9]{1,3})"
):
    """Votes, or leads the quiz on."""

    def __init__(self, action: str, quiz_id: int, number: int, label: str = "…") -> None:
        style = discord.ButtonStyle.primary if action != STOP else discord.ButtonStyle.secondary
        super().__init__(f"quiz:{action}:{quiz_id}:{number}", label, style)
        self.action, self.quiz_id, self.number = action, quiz_id, number

    @classmethod
    def from_match(cls, match: re.Match[str]) -> Self:
        """Return the button that an id says."""
        return cls(match["action"], int(match["quiz"]), int(match["number"]))

    async def on_press(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Vote, go on, or stop."""
        run = interaction.client.quizzes.of_button(interaction.channel_id, self.quiz_id)
        if self.action in SIDES:
            await self._vote(interaction, run)
        else:
            await self._lead(interaction, run)

    async def _vote(self, interaction: discord.Interaction[EmpreinteBot], run: QuizRun) -> None:
        outcome = run.game.vote(interaction.user.id, self.number, self.action, interaction.created_at)
        if outcome in REFUSALS:
            raise UserError(REFUSALS[outcome])
        said = quiz.vote(outcome, self.action, interaction.client.locales.user(interaction))
        await interaction.response.send_message(said, ephemeral=True)

    async def _lead(self, interaction: discord.Interaction[EmpreinteBot], run: QuizRun) -> None:
        """Go on or stop, and take the buttons away from the answer: who pressed sees at once that it was heard."""
        require_quiz_lead(interaction, run.game.host_id)
        if self.action == STOP:
            run.stop()
        elif not run.advance(self.number, interaction.created_at):
            raise UserError("error.quiz_late")
        assert interaction.message is not None, "it has the button"
        await interaction.response.edit_message(view=without_buttons(interaction.message))


async def setup(bot: EmpreinteBot) -> None:
    """Listen to all such buttons, also those sent before this start, and let quizzes make them."""
    bot.add_dynamic_items(QuizButton)
    bot.quizzes.make_button = QuizButton
