"""Which language an answer is for: the caller's when it is private, the server's when everybody reads it."""

import discord

from bot.presentation.messages import speaks


def of_caller(interaction: discord.Interaction) -> str:
    """Return the language of the person who asks."""
    return speaks(interaction.locale.value)


def of_readers(interaction: discord.Interaction) -> str:
    """Return the language of a public answer: the server's where it chose one, else the caller's.

    Only Community servers choose a language; all others say "en-US", whatever is spoken there.
    """
    guild = interaction.guild
    if guild is not None and "COMMUNITY" in guild.features and interaction.guild_locale is not None:
        return speaks(interaction.guild_locale.value)
    return of_caller(interaction)


def of_answer(interaction: discord.Interaction, *, private: bool) -> str:
    """Return the language of an answer."""
    return of_caller(interaction) if private else of_readers(interaction)
