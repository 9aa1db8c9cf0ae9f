"""`/training`: what training a model took, beside using it."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client.answers import answer, think
from bot.client.client import EmpreinteBot
from cogs.buttons.details_button import TrainingDetailsButton
from cogs.shared import training_reply
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
        # what is unknown is told to the caller alone
        name = self.bot.usecases.estimates.training(model).shown.training.id if model else ""
        await think(interaction, private=False)
        embed = await training_reply.page(interaction, name, private=False, short=True)
        label = self.bot.locales.answer(interaction, private=False)("button.details")
        view = discord.ui.View(timeout=None).add_item(TrainingDetailsButton(name, label))
        await answer(interaction, private=False, embed=embed, view=view)


async def setup(bot: EmpreinteBot) -> None:
    """Add the command."""
    await bot.add_cog(TrainingCog(bot))
