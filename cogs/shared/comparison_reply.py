"""Sends comparisons with their picture, or without where there can't be one."""

import asyncio

import discord

from bot.client.answers import think
from bot.client.client import EmpreinteBot
from bot.client.permissions import member_guild
from bot.presentation import pictured
from bot.usecases.comparisons import Comparison
from cogs.shared import pictured_reply


async def send_comparison(
    interaction: discord.Interaction[EmpreinteBot], compared: Comparison, *, private: bool
) -> None:
    """Answer the interaction; drawing takes longer than Discord waits, so it is told first that we think."""
    await think(interaction, private=private)
    t = interaction.client.locales.answer(interaction, private=private)
    await pictured_reply.show(interaction, pictured.comparison(compared, t))


async def send_phrasings(interaction: discord.Interaction[EmpreinteBot], first: str, second: str, models: str) -> None:
    """Answer in public with two ways of asking the one model named, or the server's own."""
    bot, estimates = interaction.client, interaction.client.usecases.estimates
    request, _ = bot.usecases.request(member_guild(interaction), estimates.one_model(models))
    await think(interaction, private=False)
    if not estimates.is_ready(request):
        await asyncio.to_thread(estimates.prepare, request)
    asked = bot.usecases.phrasings(first, second, request)
    shown = pictured.phrasings(asked, bot.locales.answer(interaction, private=False))
    await pictured_reply.show(interaction, shown)
