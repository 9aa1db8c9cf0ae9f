"""What every board's command asks with: the reader of boards, and the server's period as of now."""

import discord
from discord import app_commands

from bot.client.client import EmpreinteBot
from bot.usecases.boards import BoardRequest, Boards


def boards_of(bot: EmpreinteBot) -> Boards:
    """Return the reader of boards."""
    return Boards(bot.ledger.engine, bot.estimates.estimator)


def board_request(interaction: discord.Interaction[EmpreinteBot], period: str) -> BoardRequest:
    """Return the period of the server that the interaction is from, as of the moment Discord says."""
    if interaction.guild_id is None:
        raise app_commands.NoPrivateMessage
    return BoardRequest(
        interaction.client.ledger.preferences.settings(interaction.guild_id), period, interaction.created_at
    )
