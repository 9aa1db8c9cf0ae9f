"""What training took: one model's page or the overview, short or whole."""

import discord

from bot.client.client import EmpreinteBot
from bot.client.permissions import member_guild
from bot.presentation import embeds


async def page(
    interaction: discord.Interaction[EmpreinteBot], model: str, *, private: bool, short: bool
) -> discord.Embed:
    """Return the page of a model, or (empty) the overview; `UserError` where nobody published its training."""
    bot, guild_id = interaction.client, member_guild(interaction)
    t, estimates = bot.locales.answer(interaction, private=private), bot.usecases.estimates
    average = await bot.usecases.average_answer(guild_id)
    if model:
        return embeds.training(estimates.training(model, average), t, short=short)
    return embeds.trainings(estimates.trainings(average), t, short=short)
