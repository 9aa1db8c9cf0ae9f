"""`/totals`: what the answers to a server's messages would have consumed."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import locales
from bot.client.client import EmpreinteBot
from bot.ledger.periods import WEEK
from bot.presentation import embeds, gaps, totals
from bot.usecases.boards import BoardRequest
from cogs.buttons.csv_button import CsvButton
from cogs.shared.board_request import board_request, boards_of
from cogs.shared.option_choices import PERIODS


class TotalsCog(commands.Cog):
    """The server's totals."""

    def __init__(self, bot: EmpreinteBot) -> None:
        self.bot = bot

    @app_commands.command(name="totals", description="This server’s footprint: energy, CO₂e, water, and the trend")
    @app_commands.describe(period="This week by default")
    @app_commands.choices(period=PERIODS)
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    async def totals(self, interaction: discord.Interaction[EmpreinteBot], period: str = WEEK) -> None:
        """Answer in public; tell admins alone what may be missing."""
        of = board_request(interaction, period)
        summary = await boards_of(self.bot).totals(of)
        t = self.bot.catalogues.translator(locales.answer_locale(interaction, private=False))
        embed = embeds.page(totals.title(summary, t), "\n".join(totals.lines(summary, t)))
        if not summary.messages:
            await interaction.response.send_message(embed=embed)
            return
        view = discord.ui.View(timeout=None).add_item(CsvButton(period, label=t("csv.button")))
        await interaction.response.send_message(embed=embed.set_footer(text=totals.footer(t)), view=view)
        if interaction.permissions.manage_guild:
            await self._tell_what_is_missing(interaction, of)

    async def _tell_what_is_missing(self, interaction: discord.Interaction[EmpreinteBot], of: BoardRequest) -> None:
        t = self.bot.catalogues.translator(locales.user_locale(interaction))
        notes = gaps.lines(await boards_of(self.bot).missing(of), t)
        if notes:
            await interaction.followup.send("\n".join(notes), ephemeral=True)


async def setup(bot: EmpreinteBot) -> None:
    """Add the command."""
    await bot.add_cog(TotalsCog(bot))
