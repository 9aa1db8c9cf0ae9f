"""`/models`: which models are known, with the energy of an ordinary answer."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client.client import EmpreinteBot
from bot.presentation import embeds

MAX_RESULTS = 15
"""Lines that are read on a phone without scrolling for long."""


class ModelsCog(commands.Cog):
    """The list of models."""

    def __init__(self, bot: EmpreinteBot) -> None:
        self.bot = bot

    @app_commands.command(name="models")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def models(
        self,
        interaction: discord.Interaction[EmpreinteBot],
        query: app_commands.Range[str, 1, 100] | None = None,
    ) -> None:
        """Answer the caller alone."""
        rows, left = self.bot.usecases.estimates.models(query or "", MAX_RESULTS)
        tokens = self.bot.usecases.estimates.ordinary_tokens
        embed = embeds.models(rows, left, query or "", tokens, self.bot.locales.user(interaction))
        await interaction.response.send_message(embed=embed, ephemeral=True)


async def setup(bot: EmpreinteBot) -> None:
    """Add the command."""
    await bot.add_cog(ModelsCog(bot))
