"""`/totals`: what the answers to a server's messages would have consumed."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client.answers import answer, think
from bot.client.client import EmpreinteBot
from bot.presentation import gaps, pictured
from bot.presentation.leaderboard import PERIODS
from bot.usecases.boards import WEEK, BoardRequest
from cogs.buttons.csv_button import CsvButton
from cogs.buttons.totals_details_button import TotalsDetailsButton
from cogs.shared import pictured_reply
from cogs.shared.board_request import board_request
from cogs.shared.option_choices import offered


class TotalsCog(commands.Cog):
    """The server's totals."""

    def __init__(self, bot: EmpreinteBot) -> None:
        self.bot = bot

    @app_commands.command(name="totals")
    @app_commands.choices(period=offered(PERIODS))
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    async def totals(self, interaction: discord.Interaction[EmpreinteBot], period: str = WEEK) -> None:
        """Answer in public; tell admins alone what may be missing."""
        asked = board_request(interaction, period)
        await think(interaction, private=False)
        summary = await self.bot.usecases.boards.totals(asked)
        t = self.bot.locales.answer(interaction, private=False)
        timeline = await self.bot.usecases.timeline(asked) if summary.totals.messages else None
        buttons = (TotalsDetailsButton(period, t("button.details")), CsvButton(period, label=t("csv.button")))
        await pictured_reply.show(interaction, pictured.totals(summary, timeline, t), buttons if timeline else ())
        if summary.totals.messages and interaction.permissions.manage_guild:
            await self._tell_what_is_missing(interaction, asked)

    async def _tell_what_is_missing(self, interaction: discord.Interaction[EmpreinteBot], asked: BoardRequest) -> None:
        visible = self.bot.guild_views.visible(interaction, private=True)
        notes = gaps.lines(await self.bot.usecases.boards.gaps(asked, visible), self.bot.locales.user(interaction))
        if notes:
            await answer(interaction, private=True, content="\n".join(notes))


async def setup(bot: EmpreinteBot) -> None:
    """Add the command, and listen to its button, also under answers sent before this start."""
    bot.add_dynamic_items(TotalsDetailsButton)
    await bot.add_cog(TotalsCog(bot))
