"""What every board's command asks with: the reader of boards, and the server's period as of now."""

import discord
from discord import app_commands

from bot.client.client import EmpreinteBot
from bot.usecases.boards import Asked, Boards


def boards_of(bot: EmpreinteBot) -> Boards:
    """Return the reader of boards."""
    return Boards(bot.ledger.engine, bot.answers.estimator)


def asked(interaction: discord.Interaction[EmpreinteBot], period: str) -> Asked:
    """Return the period of the server that the interaction is from, as of the moment Discord says."""
    if interaction.guild_id is None:
        raise app_commands.NoPrivateMessage
    return Asked(interaction.client.ledger.counting.settings(interaction.guild_id), period, interaction.created_at)
