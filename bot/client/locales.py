"""Which language an answer is for: the caller's when it is private, the server's when everybody reads it."""

from typing import TYPE_CHECKING, Any

import discord

from bot.ledger.settings import ServerSettings
from bot.presentation.translator import speaks

if TYPE_CHECKING:
    from bot.client.client import EmpreinteBot


def of_caller(interaction: discord.Interaction[Any]) -> str:
    """Return the language of the person who asks."""
    return speaks(interaction.locale.value)


def of_readers(interaction: discord.Interaction["EmpreinteBot"]) -> str:
    """Return the language of a public answer: the server's, else the caller's."""
    guild = interaction.guild
    if guild is None:
        return of_caller(interaction)
    chosen = interaction.client.ledger.counting.settings(guild.id)
    locale = interaction.guild_locale.value if interaction.guild_locale is not None else None
    return of_server(chosen, locale if "COMMUNITY" in guild.features else None) or of_caller(interaction)


def of_server(chosen: ServerSettings, community: str | None) -> str | None:
    """Return a server's language, None where nothing says which.

    The one an admin chose; else that of the admin who first turned something on; else the locale of a Community
    server (all others say "en-US", whatever is spoken there).
    """
    locale = chosen.language or chosen.first_locale or community
    return speaks(locale) if locale else None


def of_answer(interaction: discord.Interaction["EmpreinteBot"], *, private: bool) -> str:
    """Return the language of an answer."""
    return of_caller(interaction) if private else of_readers(interaction)
