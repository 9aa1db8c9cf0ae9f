"""What is offered while somebody types."""

import discord
from discord import app_commands

from bot.client.client import EmpreinteBot
from bot.presentation import zones
from bot.usecases import suggestions
from bot.usecases.server_settings import DEFAULT

MAX_RESULTS = 25
"""Choices that Discord takes."""

MAX_CHOICE_LENGTH = 100
"""Characters of a choice that Discord takes."""

Choices = list[app_commands.Choice[str]]


async def complete_model(interaction: discord.Interaction[EmpreinteBot], current: str) -> Choices:
    """Offer models whose key or title holds every word typed."""
    found = suggestions.models(interaction.client.usecases.estimator, current, MAX_RESULTS)
    return [choice(f"{model.title} · {model.maker} ({model.name})", model.key) for model in found]


async def complete_models(interaction: discord.Interaction[EmpreinteBot], current: str) -> Choices:
    """Offer lines that end in a model which fits what is typed after the last comma.

    Name and value are the same: Discord shows the name, and typing goes on from there.
    """
    estimator = interaction.client.usecases.estimator
    lines = suggestions.model_lines(estimator, current, limit=MAX_RESULTS, longest=MAX_CHOICE_LENGTH)
    return [choice(line, line) for line in lines]


async def complete_effort(interaction: discord.Interaction[EmpreinteBot], _: str) -> Choices:
    """Offer the efforts of the model chosen before; none where there is no choice."""
    efforts = suggestions.efforts(interaction.client.usecases.estimator, interaction.namespace.model)
    return [choice(effort, effort) for effort in efforts]


async def complete_zone(interaction: discord.Interaction[EmpreinteBot], current: str) -> Choices:
    """Offer zones by their name in the caller's language, or their code."""
    bot = interaction.client
    found = zones.search(bot.usecases.estimates.zones(), current, bot.locales.user(interaction), limit=MAX_RESULTS)
    return [choice(f"{name} ({code})", code) for code, name in found]


async def complete_training(interaction: discord.Interaction[EmpreinteBot], current: str) -> Choices:
    """Offer trainings whose name holds what was typed."""
    found = suggestions.trainings(interaction.client.usecases.estimator, current, MAX_RESULTS)
    return [choice(f"{one.model} · {one.year}", one.id) for one in found]


async def complete_model_or_default(interaction: discord.Interaction[EmpreinteBot], current: str) -> Choices:
    """Offer the default, then models."""
    title = interaction.client.usecases.settings.default_model().title
    return _after_default(interaction, title, current, await complete_model(interaction, current))


async def complete_zone_or_default(interaction: discord.Interaction[EmpreinteBot], current: str) -> Choices:
    """Offer the provider's electricity, then zones."""
    provider = interaction.client.locales.user(interaction)("settings.zone.provider")
    return _after_default(interaction, provider, current, await complete_zone(interaction, current))


async def complete_timezone(interaction: discord.Interaction[EmpreinteBot], current: str) -> Choices:
    """Offer timezones by city, those of the caller's part of the world first."""
    bot = interaction.client
    usual = bot.usecases.settings.default_timezone(interaction.guild_id or 0)
    names = suggestions.find_timezones(current, bot.locales.user(interaction).spoken.timezones, MAX_RESULTS)
    found = [choice(name.replace("_", " "), name) for name in names]
    return _after_default(interaction, usual, current, found)


def choice(name: str, value: str) -> app_commands.Choice[str]:
    """Return what Discord offers, no longer than it takes."""
    return app_commands.Choice(name=name[:MAX_CHOICE_LENGTH], value=value[:MAX_CHOICE_LENGTH])


def _after_default(
    interaction: discord.Interaction[EmpreinteBot], value: str, current: str, offered: Choices
) -> Choices:
    """Put the default first while nothing was typed."""
    if current.strip():
        return offered
    t = interaction.client.locales.user(interaction)
    return [choice(t("settings.default", value=value), DEFAULT), *offered][:MAX_RESULTS]
