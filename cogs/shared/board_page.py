"""Reads a board's page as its readers may see it."""

import discord

from bot.client.button_state import BoardState
from bot.client.client import EmpreinteBot
from bot.usecases.boards import BoardRequest, Page
from cogs.shared.board_request import board_request


async def load_page(
    interaction: discord.Interaction[EmpreinteBot], state: BoardState, *, private: bool
) -> tuple[BoardRequest, Page, dict[int, str | None]]:
    """Return what was asked, the page, and the names of its rows."""
    bot, asked = interaction.client, board_request(interaction, state.period)
    visible = bot.guild_views.visible(interaction, private=private)
    page = await bot.usecases.boards.leaderboard(asked, state.by, state.metric, state.page, state.asker, visible)
    names = await bot.names.of_board(interaction.guild, page.by, [row.id for row in page.shown])
    return asked, page, names
