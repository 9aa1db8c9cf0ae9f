"""What training took: one model's page or the overview, short beside its picture, or whole."""

import discord

from bot.client.client import EmpreinteBot
from bot.client.permissions import member_guild
from bot.presentation import embeds, pictured
from bot.presentation.pictured import Pictured


async def page(interaction: discord.Interaction[EmpreinteBot], model: str) -> discord.Embed:
    """Return all of a model, or (empty) the overview; `UserError` where nobody published its training."""
    bot = interaction.client
    t, estimates = bot.locales.answer(interaction, private=True), bot.usecases.estimates
    average = await bot.usecases.average_answer(member_guild(interaction))
    if model:
        return embeds.training(estimates.training(model, average), t)
    return embeds.trainings(estimates.trainings(average), t)


async def pictured_page(interaction: discord.Interaction[EmpreinteBot], model: str) -> Pictured:
    """Return what everybody sees of a model, or (empty) of the overview."""
    bot = interaction.client
    t, estimates = bot.locales.answer(interaction, private=False), bot.usecases.estimates
    average = await bot.usecases.average_answer(member_guild(interaction))
    if model:
        return pictured.training(estimates.training(model, average), t)
    return pictured.trainings(estimates.trainings(average), t)
