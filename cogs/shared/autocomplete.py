"""What is offered while somebody types a model or a zone."""

import discord
from discord import app_commands

from bot.client import locales
from bot.client.client import EmpreinteBot
from bot.errors import UserError
from bot.estimation.impacts import model_lists
from bot.presentation import zones

MAX_RESULTS = 25
"""Choices that Discord takes."""

MAX_CHOICE_LENGTH = 100
"""Characters of a choice that Discord takes."""

Choices = list[app_commands.Choice[str]]


async def complete_model(interaction: discord.Interaction[EmpreinteBot], current: str) -> Choices:
    """Offer models whose key or title holds every word typed."""
    found = interaction.client.estimates.estimator.models.search(current, limit=MAX_RESULTS)
    return [
        app_commands.Choice(
            name=f"{model.title} · {model.maker} ({model.name})"[:MAX_CHOICE_LENGTH],
            value=model.key[:MAX_CHOICE_LENGTH],
        )
        for model in found
    ]


async def complete_models(interaction: discord.Interaction[EmpreinteBot], current: str) -> Choices:
    """Offer lines that end in a model which fits what is typed after the last comma.

    Name and value are the same: Discord shows the name, and typing goes on from there.
    """
    models = interaction.client.estimates.estimator.models
    lines = model_lists.completions(models, current, limit=MAX_RESULTS, longest=MAX_CHOICE_LENGTH)
    return [app_commands.Choice(name=line, value=line) for line in lines]


async def complete_effort(interaction: discord.Interaction[EmpreinteBot], _: str) -> Choices:
    """Offer the efforts of the model chosen before; none where there is no choice."""
    estimator = interaction.client.estimates.estimator
    try:
        model = estimator.model(interaction.namespace.model)
    except UserError:
        return []
    return [app_commands.Choice(name=effort, value=effort) for effort in estimator.reasoning.efforts(model.key)]


async def complete_zone(interaction: discord.Interaction[EmpreinteBot], current: str) -> Choices:
    """Offer zones by their name in the caller's language, or their code."""
    t = interaction.client.catalogues.translator(locales.user_locale(interaction))
    codes = interaction.client.estimates.estimator.zones.codes()
    found = zones.search(codes, current, t, limit=MAX_RESULTS)
    return [app_commands.Choice(name=f"{name} ({code})"[:MAX_CHOICE_LENGTH], value=code) for code, name in found]
