"""`/training`: what training a model took, beside using it."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client.answers import think
from bot.client.client import EmpreinteBot
from cogs.buttons.details_button import TrainingDetailsButton
from cogs.shared import pictured_reply, training_reply
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
        shown = await training_reply.pictured_page(interaction, name)
        label = self.bot.locales.answer(interaction, private=False)("button.details")
        await pictured_reply.show(interaction, shown, [TrainingDetailsButton(name, label)])


async def setup(bot: EmpreinteBot) -> None:
    """Add the command."""
    await bot.add_cog(TrainingCog(bot))
