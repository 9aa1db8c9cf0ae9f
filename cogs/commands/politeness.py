"""`/politeness`: what a server's courtesy takes."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client.answers import think
from bot.client.client import EmpreinteBot
from bot.presentation import leaderboard
from bot.usecases.boards import WEEK
from cogs.buttons.details_button import PolitenessDetailsButton
from cogs.shared import pictured_reply, politeness_reply
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
        board_request(interaction, period)  # where there is no board, that is told to the caller alone
        await think(interaction, private=False)
        shown, more = await politeness_reply.pictured_page(interaction, period)
        label = self.bot.locales.answer(interaction, private=False)("button.details")
        await pictured_reply.show(interaction, shown, [PolitenessDetailsButton(period, label)] if more else ())


async def setup(bot: EmpreinteBot) -> None:
    """Add the command."""
    await bot.add_cog(PolitenessCog(bot))
