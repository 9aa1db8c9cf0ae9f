"""`/models`: which models are known, with the energy of an ordinary answer."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import locales
from bot.client.client import EmpreinteBot
from bot.presentation import embeds, model_list

MAX_RESULTS = 15
"""Lines that are read on a phone without scrolling for long."""


class ModelsCog(commands.Cog):
    """The list of models."""

    def __init__(self, bot: EmpreinteBot) -> None:
        self.bot = bot

    @app_commands.command(name="models", description="The known models, with the energy of an answer")
    @app_commands.describe(query="A part of the name")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def models(
        self,
        interaction: discord.Interaction[EmpreinteBot],
        query: app_commands.Range[str, 1, 100] | None = None,
    ) -> None:
        """Answer the caller alone."""
        t = self.bot.catalogues.translator(locales.user_locale(interaction))
        rows, left = self.bot.estimates.models(query or "", MAX_RESULTS)
        shown = model_list.lines(rows, left, t, query or "", self.bot.estimates.ordinary_tokens)
        embed = embeds.page(t("models.title"), "\n".join(shown))
        await interaction.response.send_message(embed=embed, ephemeral=True)


async def setup(bot: EmpreinteBot) -> None:
    """Add the command."""
    await bot.add_cog(ModelsCog(bot))
