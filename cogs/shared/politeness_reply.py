"""What a server's courtesy takes: short beside its picture, or whole."""

import discord

from bot.client.client import EmpreinteBot
from bot.presentation import embeds, leaderboard, pictured
from bot.presentation.leaderboard import Named
from bot.presentation.pictured import Pictured
from bot.usecases.boards import DEFAULT_BY, Tax
from cogs.shared.board_request import board_request


async def page(interaction: discord.Interaction[EmpreinteBot], period: str) -> discord.Embed:
    """Return all of a period's courtesy, for who asks."""
    tax, named = await _tax(interaction, period, private=True)
    return embeds.politeness(tax, named, interaction.client.locales.answer(interaction, private=True))


async def pictured_page(interaction: discord.Interaction[EmpreinteBot], period: str) -> tuple[Pictured, bool]:
    """Return what everybody sees, and whether there is anything to tell more of."""
    tax, named = await _tax(interaction, period, private=False)
    t = interaction.client.locales.answer(interaction, private=False)
    return pictured.politeness(tax, named, t), tax.totals.messages > 0


async def _tax(interaction: discord.Interaction[EmpreinteBot], period: str, *, private: bool) -> tuple[Tax, Named]:
    bot, asked = interaction.client, board_request(interaction, period)
    tax = await bot.usecases.tax(asked)
    names = await bot.names.members(interaction.guild, [row.id for row in tax.most_polite])
    t = bot.locales.answer(interaction, private=private)
    return tax, leaderboard.named(DEFAULT_BY, asked.guild_id, names, t)
