"""`/politeness`: what a server's courtesy takes."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client.answers import answer, think
from bot.client.client import EmpreinteBot
from bot.presentation import embeds, leaderboard
from bot.usecases.boards import DEFAULT_BY, WEEK
from cogs.shared.board_request import board_request
from cogs.shared.option_choices import offered


class PolitenessCog(commands.Cog):
    """The politeness tax."""

    def __init__(self, bot: EmpreinteBot) -> None:
        self.bot = bot

    @app_commands.command(name="politeness")
    @app_commands.choices(period=offered(leaderboard.PERIODS))
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    async def politeness(self, interaction: discord.Interaction[EmpreinteBot], period: str = WEEK) -> None:
        """Answer in public."""
        asked = board_request(interaction, period)
        await think(interaction, private=False)
        tax = await self.bot.usecases.tax(asked)
        names = await self.bot.names.members(interaction.guild, [row.id for row in tax.most_polite])
        t = self.bot.locales.answer(interaction, private=False)
        named = leaderboard.named(DEFAULT_BY, asked.guild_id, names, t)
        await answer(interaction, private=False, embed=embeds.politeness(tax, named, t))


async def setup(bot: EmpreinteBot) -> None:
    """Add the command."""
    await bot.add_cog(PolitenessCog(bot))
