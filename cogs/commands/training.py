"""`/training`: what training a model took, beside using it."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client.answers import answer, think
from bot.client.client import EmpreinteBot
from bot.presentation import embeds
from cogs.shared.autocomplete import complete_training


class TrainingCog(commands.Cog):
    """Training against use."""

    def __init__(self, bot: EmpreinteBot) -> None:
        self.bot = bot

    @app_commands.command(name="training")
    @app_commands.autocomplete(model=complete_training)
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def training(self, interaction: discord.Interaction[EmpreinteBot], model: str | None = None) -> None:
        """Answer in public: one model's page, or the overview, beside this server's average answer."""
        await think(interaction, private=False)
        usecases, t = self.bot.usecases, self.bot.locales.answer(interaction, private=False)
        average = await usecases.average_answer(interaction.guild_id if interaction.is_guild_integration() else None)
        if model:
            embed = embeds.training(usecases.estimates.training(model, average), t)
        else:
            embed = embeds.trainings(usecases.estimates.trainings(average), t)
        await answer(interaction, private=False, embed=embed)


async def setup(bot: EmpreinteBot) -> None:
    """Add the command."""
    await bot.add_cog(TrainingCog(bot))
