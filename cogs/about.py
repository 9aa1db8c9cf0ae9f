"""`/about`: where the figures come from, and what they leave out."""

import discord
from discord import app_commands
from discord.ext import commands

from bot import audience
from bot.client import EmpreinteBot
from bot.presentation import about, embeds


class AboutCog(commands.Cog):
    """The page about the bot."""

    def __init__(self, bot: EmpreinteBot) -> None:
        self.bot = bot

    @app_commands.command(name="about", description="Where the figures come from, and what they leave out")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def about(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Answer the caller alone."""
        words = self.bot.catalogues.words(audience.of_caller(interaction))
        parts = about.sections(self.bot.answers.about(), words)
        embed = embeds.sections(about.title(words), words("about.text"), parts)
        await interaction.response.send_message(embed=embed, ephemeral=True)


async def setup(bot: EmpreinteBot) -> None:
    """Add the command."""
    await bot.add_cog(AboutCog(bot))
