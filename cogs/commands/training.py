"""`/training`: what training a model took, beside using it."""

from datetime import date

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import locales
from bot.client.client import EmpreinteBot
from bot.estimation.ranges import Range
from bot.ledger.periods import ALL, period
from bot.ledger.queries.totals import average_answer
from bot.presentation import embeds, training
from bot.presentation.translator import Translator
from cogs.shared.autocomplete import MAX_CHOICE_LENGTH, MAX_RESULTS, Choices


async def complete_training(interaction: discord.Interaction[EmpreinteBot], current: str) -> Choices:
    """Offer trainings whose name holds what was typed."""
    found = interaction.client.estimates.estimator.trainings.search(current)
    return [
        app_commands.Choice(name=f"{one.model} · {one.year}"[:MAX_CHOICE_LENGTH], value=one.id)
        for one in found[:MAX_RESULTS]
    ]


EVERYTHING = period(ALL, date.min)


class TrainingCog(commands.Cog):
    """Training against use."""

    def __init__(self, bot: EmpreinteBot) -> None:
        self.bot = bot

    @app_commands.command(name="training", description="What training a model took, beside using it")
    @app_commands.describe(model="The model trained (without it: an overview)")
    @app_commands.autocomplete(model=complete_training)
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def training(self, interaction: discord.Interaction[EmpreinteBot], model: str | None = None) -> None:
        """Answer in public: one model's page, or the overview."""
        t = self.bot.catalogues.translator(locales.answer_locale(interaction, private=False))
        await interaction.response.send_message(embed=self._embed(model, await self._average(interaction), t))

    async def _average(self, interaction: discord.Interaction[EmpreinteBot]) -> Range | None:
        """Return the energy of this server's average answer, None where nothing was counted."""
        if interaction.guild_id is None or not interaction.is_guild_integration():
            return None
        mean = await average_answer(self.bot.ledger.engine, interaction.guild_id, EVERYTHING)
        return mean.energy_wh if mean else None

    def _embed(self, model: str | None, answer: Range | None, t: Translator) -> discord.Embed:
        if model:
            page = self.bot.estimates.training(model, answer)
            text = "\n".join(training.page_lines(page, t))
            return embeds.sections(training.page_title(page, t), text, training.page_sections(page, t))
        overview = self.bot.estimates.trainings(answer)
        text = "\n".join(training.overview_lines(overview, t))
        return embeds.sections(t("training.title"), text, training.overview_sections(overview, t))


async def setup(bot: EmpreinteBot) -> None:
    """Add the command."""
    await bot.add_cog(TrainingCog(bot))
