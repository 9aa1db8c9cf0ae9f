"""`/leaderboard`: a server's members or channels, ranked, ten a page."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client.answers import think
from bot.client.button_state import BoardState
from bot.client.client import EmpreinteBot
from bot.presentation.leaderboard import BY, METRICS, PERIODS
from bot.usecases.boards import DEFAULT_BY, DEFAULT_METRIC, WEEK
from cogs.buttons.board_details_button import BoardDetailsButton
from cogs.buttons.board_pages import PageButton, show_board
from cogs.shared.board_request import board_request
from cogs.shared.option_choices import offered


class LeaderboardCog(commands.Cog):
    """The server's board."""

    def __init__(self, bot: EmpreinteBot) -> None:
        self.bot = bot

    @app_commands.command(name="leaderboard")
    @app_commands.choices(period=offered(PERIODS), by=offered(BY), metric=offered(METRICS))
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    async def leaderboard(
        self,
        interaction: discord.Interaction[EmpreinteBot],
        period: str = WEEK,
        by: str = DEFAULT_BY,
        metric: str = DEFAULT_METRIC,
    ) -> None:
        """Answer in public with the first page."""
        board_request(interaction, period)
        await think(interaction, private=False)
        first = BoardState(period, by, metric, page=1, asker=interaction.user.id)
        await show_board(interaction, first, private=False)


async def setup(bot: EmpreinteBot) -> None:
    """Add the command, and listen to its buttons, also under boards sent before this start."""
    bot.add_dynamic_items(PageButton, BoardDetailsButton)
    await bot.add_cog(LeaderboardCog(bot))
