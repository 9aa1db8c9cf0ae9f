"""`/leaderboard`: a server's members or channels, ranked, ten a page."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import locales
from bot.client.client import EmpreinteBot
from bot.ledger.periods import WEEK
from cogs.buttons.board_pages import PageButton, Shown, embed_of, view_of
from cogs.shared.board_request import board_request, boards_of
from cogs.shared.option_choices import PERIODS, offered

BY = offered("by", members="Members", channels="Channels")
METRICS = offered("metric", energy="Energy", co2="CO₂e", water="Water", messages="Messages", courtesy="Courtesy")


class LeaderboardCog(commands.Cog):
    """The server's board."""

    def __init__(self, bot: EmpreinteBot) -> None:
        self.bot = bot

    @app_commands.command(name="leaderboard", description="This server’s members or channels, ranked")
    @app_commands.describe(
        period="This week by default", by="Members (by default) or channels", metric="Energy by default"
    )
    @app_commands.choices(period=PERIODS, by=BY, metric=METRICS)
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    async def leaderboard(
        self,
        interaction: discord.Interaction[EmpreinteBot],
        period: str = WEEK,
        by: str = "members",
        metric: str = "energy",
    ) -> None:
        """Answer in public with the first page."""
        shown = Shown(period, by, metric, interaction.user.id)
        page = await boards_of(self.bot).leaderboard(board_request(interaction, period), by, metric, 1, shown.asker)
        t = self.bot.catalogues.translator(locales.answer_locale(interaction, private=False))
        await interaction.response.send_message(embed=embed_of(page, t), view=view_of(page, shown, t))


async def setup(bot: EmpreinteBot) -> None:
    """Add the command, and listen to its buttons, also under boards sent before this start."""
    bot.add_dynamic_items(PageButton)
    await bot.add_cog(LeaderboardCog(bot))
