"""What every board's command asks with: the server's period as of now."""

import discord
from discord import app_commands

from bot.client.client import EmpreinteBot
from bot.client.permissions import member_guild
from bot.usecases.boards import BoardRequest


def board_request(interaction: discord.Interaction[EmpreinteBot], period: str) -> BoardRequest:
    """Return the period of the server that the interaction is from, as of the moment Discord says.

    Raises discord.py's own error where the bot isn't a member: an old button may have been left behind there.
    """
    guild_id = member_guild(interaction)
    if guild_id is None:
        raise app_commands.NoPrivateMessage
    return interaction.client.usecases.board(guild_id, period, interaction.created_at)
