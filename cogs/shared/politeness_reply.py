"""What a server's courtesy takes, short or whole."""

import discord

from bot.client.client import EmpreinteBot
from bot.presentation import embeds, leaderboard
from bot.usecases.boards import DEFAULT_BY
from cogs.shared.board_request import board_request


async def page(
    interaction: discord.Interaction[EmpreinteBot], period: str, *, private: bool, short: bool
) -> discord.Embed:
    """Return the page of a period."""
    bot, asked = interaction.client, board_request(interaction, period)
    tax = await bot.usecases.tax(asked)
    names = await bot.names.members(interaction.guild, [row.id for row in tax.most_polite])
    t = bot.locales.answer(interaction, private=private)
    named = leaderboard.named(DEFAULT_BY, asked.guild_id, names, t)
    return embeds.politeness(tax, named, t, short=short)
