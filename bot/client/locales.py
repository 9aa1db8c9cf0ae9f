"""Which language an answer is for: the caller's when it is private, the server's when everybody reads it."""

from typing import TYPE_CHECKING, Any

import discord

from bot.ledger.records import ServerSettings
from bot.presentation.translator import speaks

if TYPE_CHECKING:
    from bot.client.client import EmpreinteBot


def user_locale(interaction: discord.Interaction[Any]) -> str:
    """Return the language of the person who asks."""
    return speaks(interaction.locale.value)


def guild_locale(interaction: discord.Interaction["EmpreinteBot"]) -> str:
    """Return the language of a public answer: the server's, else the caller's."""
    guild = interaction.guild
    if guild is None:
        return user_locale(interaction)
    chosen = interaction.client.ledger.preferences.settings(guild.id)
    locale = interaction.guild_locale.value if interaction.guild_locale is not None else None
    return settings_locale(chosen, locale if "COMMUNITY" in guild.features else None) or user_locale(interaction)


def settings_locale(chosen: ServerSettings, community: str | None) -> str | None:
    """Return a server's language, None where nothing says which.

    The one an admin chose; else that of the admin who first turned something on; else the locale of a Community
    server (all others say "en-US", whatever is spoken there).
    """
    locale = chosen.language or chosen.first_locale or community
    return speaks(locale) if locale else None


def answer_locale(interaction: discord.Interaction["EmpreinteBot"], *, private: bool) -> str:
    """Return the language of an answer."""
    return user_locale(interaction) if private else guild_locale(interaction)
