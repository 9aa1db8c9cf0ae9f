"""Which language an answer is for: the caller's when it is private, the server's when everybody reads it."""

from typing import TYPE_CHECKING, Any

import discord

from bot.presentation.messages import speaks

if TYPE_CHECKING:
    from bot.client import EmpreinteBot


def of_caller(interaction: discord.Interaction[Any]) -> str:
    """Return the language of the person who asks."""
    return speaks(interaction.locale.value)


def of_readers(interaction: discord.Interaction["EmpreinteBot"]) -> str:
    """Return the language of a public answer.

    The one an admin chose; else that of the admin who first turned something on; else the server's, where it is a
    Community one (all others say "en-US", whatever is spoken there); else the caller's.
    """
    guild = interaction.guild
    if guild is None:
        return of_caller(interaction)
    chosen = interaction.client.ledger.counting.settings(guild.id)
    if chosen.language or chosen.first_locale:
        return speaks(chosen.language or chosen.first_locale)
    if "COMMUNITY" in guild.features and interaction.guild_locale is not None:
        return speaks(interaction.guild_locale.value)
    return of_caller(interaction)


def of_answer(interaction: discord.Interaction["EmpreinteBot"], *, private: bool) -> str:
    """Return the language of an answer."""
    return of_caller(interaction) if private else of_readers(interaction)
