"""Which language an answer takes: the caller's when it is private, the server's when everybody reads it."""

from typing import Any

import discord

from bot.counting.effective_settings import EffectiveSettings, community_locale
from bot.presentation.translator import Catalogues, Translator


class Locales:
    """The sentences for whoever reads an answer."""

    def __init__(self, catalogues: Catalogues, effective: EffectiveSettings) -> None:
        self._catalogues = catalogues
        self._effective = effective

    def user(self, interaction: discord.Interaction[Any]) -> Translator:
        """Return the language of the person who asks."""
        return self._catalogues.translator(interaction.locale.value)

    def guild(self, interaction: discord.Interaction[Any]) -> Translator:
        """Return the language of a public answer: the server's, else the caller's."""
        guild = interaction.guild
        if guild is None:
            return self.user(interaction)
        settings = self._effective.preferences.settings(guild.id)
        locale = interaction.guild_locale.value if interaction.guild_locale is not None else None
        in_force = self._effective.locale(settings, community_locale(guild.features, locale)).value
        return self._catalogues.translator(in_force) if in_force else self.user(interaction)

    def server(self, guild: discord.Guild) -> Translator:
        """Return the language of what nobody asked for: the server's, else the default."""
        settings = self._effective.preferences.settings(guild.id)
        community = community_locale(guild.features, guild.preferred_locale.value)
        return self._catalogues.translator(self._effective.locale(settings, community).value)

    def answer(self, interaction: discord.Interaction[Any], *, private: bool) -> Translator:
        """Return the language of an answer."""
        return self.user(interaction) if private else self.guild(interaction)
