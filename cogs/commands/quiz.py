"""`/quiz`: "Plus ou moins ?", a game for a channel."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client.answers import answer
from bot.client.client import EmpreinteBot
from bot.client.permissions import require_posting, require_quiz_lead
from bot.presentation import quiz
from bot.usecases.records.quiz import DEFAULT_QUESTIONS, MAX_QUESTIONS, TOPICS
from cogs.shared.option_choices import offered


@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
class QuizCog(commands.GroupCog, name="quiz"):
    """Starting and stopping a quiz."""

    def __init__(self, bot: EmpreinteBot) -> None:
        self.bot = bot

    @app_commands.command(name="start")
    @app_commands.choices(topic=offered(TOPICS))
    async def start(
        self,
        interaction: discord.Interaction[EmpreinteBot],
        questions: app_commands.Range[int, 1, MAX_QUESTIONS] = DEFAULT_QUESTIONS,
        topic: str | None = None,
    ) -> None:
        """Say how it goes, then play it in the channel."""
        channel_id = require_posting(interaction)
        quizzes, t, host_id = self.bot.quizzes, self.bot.locales.answer(interaction, private=False), interaction.user.id
        seconds = quizzes.answer_seconds

        async def announce(count: int) -> None:
            await answer(interaction, private=False, content=quiz.rules(count, topic, host_id, seconds, t))

        channel = self.bot.get_partial_messageable(channel_id, guild_id=interaction.guild_id)
        await quizzes.start(channel, interaction.id, host_id, questions, topic, t, announce)

    @app_commands.command(name="stop")
    async def stop(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """End the channel's quiz: for who started it, and admins."""
        require_posting(interaction)
        run = self.bot.quizzes.running(interaction.channel_id)
        require_quiz_lead(interaction, run.game.host_id)
        run.stop()
        await answer(interaction, private=True, content=self.bot.locales.user(interaction)("quiz.stopped"))


async def setup(bot: EmpreinteBot) -> None:
    """Add the commands."""
    await bot.add_cog(QuizCog(bot))
