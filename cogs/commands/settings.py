"""`/settings`: what a server's admins choose."""

from dataclasses import replace

import discord
from discord import app_commands
from discord.app_commands import Choice, locale_str
from discord.ext import commands

from bot.client import locales, permissions
from bot.client.client import EmpreinteBot
from bot.counting import timezones
from bot.counting.message_counter import timezone_of
from bot.presentation import embeds, zones
from bot.presentation import server_settings as worded
from bot.presentation.translator import Translator, escape_markdown
from bot.usecases import server_settings
from bot.usecases.server_settings import DEFAULT
from cogs.buttons import confirmation
from cogs.buttons.reset_button import ResetButton
from cogs.shared import server_page
from cogs.shared.autocomplete import MAX_CHOICE_LENGTH, MAX_RESULTS, Choices, complete_model, complete_zone

LANGUAGES = [
    Choice(name=locale_str("French", key="choice.language.fr"), value="fr"),
    Choice(name=locale_str("English", key="choice.language.en"), value="en"),
    Choice(name=locale_str("automatic", key="choice.language.auto"), value="auto"),
]


async def complete_model_or_default(interaction: discord.Interaction[EmpreinteBot], current: str) -> Choices:
    """Offer the default, then models."""
    title = interaction.client.estimates.estimator.models.default.title
    return _after_default(interaction, title, current, await complete_model(interaction, current))


async def complete_zone_or_default(interaction: discord.Interaction[EmpreinteBot], current: str) -> Choices:
    """Offer the provider's electricity, then zones."""
    t = interaction.client.catalogues.translator(locales.user_locale(interaction))
    found = await complete_zone(interaction, current)
    return _after_default(interaction, t("settings.zone.provider"), current, found)


async def complete_timezone(interaction: discord.Interaction[EmpreinteBot], current: str) -> Choices:
    """Offer timezones by city, those of the caller's part of the world first."""
    preferences = interaction.client.ledger.preferences
    usual = timezone_of(replace(preferences.settings(_guild(interaction)), timezone=None)).key
    found = timezones.search(current, locales.user_locale(interaction), MAX_RESULTS)
    offered = [Choice(name=name.replace("_", " ")[:MAX_CHOICE_LENGTH], value=name) for name in found]
    return _after_default(interaction, usual, current, offered)


def _after_default(
    interaction: discord.Interaction[EmpreinteBot], value: str, current: str, offered: Choices
) -> Choices:
    """Put the default first while nothing was typed."""
    if current.strip():
        return offered
    t = interaction.client.catalogues.translator(locales.user_locale(interaction))
    return [Choice(name=t("settings.default", value=value)[:MAX_CHOICE_LENGTH], value=DEFAULT), *offered][:MAX_RESULTS]


@app_commands.default_permissions(manage_guild=True)
@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
class SettingsCog(commands.GroupCog, name="settings", description="The server’s settings"):
    """One command for each setting; all answers are private."""

    def __init__(self, bot: EmpreinteBot) -> None:
        self.bot = bot

    async def interaction_check(  # pyright: ignore[reportIncompatibleMethodOverride] - there is one client only
        self, interaction: discord.Interaction[EmpreinteBot], /
    ) -> bool:
        """Let admins through."""
        permissions.require_admin(interaction)
        return True

    @app_commands.command(name="show", description="See all of it: settings, channels counted, what I lack")
    async def show(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Show the page."""
        t = await self._thinking(interaction)
        page = await server_page.gather(interaction, t)
        title, text = worded.settings_title(page, t), worded.settings_text(page, t)
        embed = embeds.sections(title, text, worded.settings_sections(page, t))
        await interaction.followup.send(embed=embed, ephemeral=True)

    @app_commands.command(name="model", description="The model whose answers are estimated")
    @app_commands.describe(model="A model, or “default” for the usual one")
    @app_commands.autocomplete(model=complete_model_or_default)
    async def model(self, interaction: discord.Interaction[EmpreinteBot], model: str) -> None:
        """Set the model."""
        t = await self._thinking(interaction)
        estimator = self.bot.estimates.estimator
        chosen = await server_settings.choose_model(self.bot.ledger, estimator, _guild(interaction), model)
        title = chosen.title if chosen else t("settings.default", value=estimator.models.default.title)
        await self._say(interaction, t("settings.model.done", model=escape_markdown(title)))

    @app_commands.command(name="zone", description="The data centres’ electricity")
    @app_commands.describe(zone="A country, or “default” for the provider’s electricity")
    @app_commands.autocomplete(zone=complete_zone_or_default)
    async def zone(self, interaction: discord.Interaction[EmpreinteBot], zone: str) -> None:
        """Set the electricity."""
        t = await self._thinking(interaction)
        estimator = self.bot.estimates.estimator
        wanted = zones.code_of(zone, estimator.zones.codes(), t)
        code = await server_settings.choose_zone(self.bot.ledger, estimator, _guild(interaction), wanted)
        name = zones.name(code, t) if code else t("settings.zone.provider")
        await self._say(interaction, t("settings.zone.done", zone=name))

    @app_commands.command(name="language", description="The language of what everybody reads")
    @app_commands.describe(language="French, English, or automatic")
    @app_commands.choices(language=LANGUAGES)
    async def language(self, interaction: discord.Interaction[EmpreinteBot], language: str) -> None:
        """Set the language of public answers."""
        t = await self._thinking(interaction)
        chosen = await server_settings.choose_language(self.bot.ledger, _guild(interaction), language)
        name = t(f"choice.language.{chosen or 'auto'}")
        await self._say(interaction, t("settings.language.done", language=name))

    @app_commands.command(name="timezone", description="When a day and a week begin")
    @app_commands.describe(timezone="A city, or “default” for the usual one")
    @app_commands.autocomplete(timezone=complete_timezone)
    async def timezone(self, interaction: discord.Interaction[EmpreinteBot], timezone: str) -> None:
        """Set when days begin."""
        t = await self._thinking(interaction)
        guild_id = _guild(interaction)
        name = await server_settings.choose_timezone(self.bot.ledger, guild_id, timezone)
        usual = timezone_of(self.bot.ledger.preferences.settings(guild_id)).key
        shown = name or t("settings.default", value=usual)
        await self._say(interaction, t("settings.timezone.done", timezone=escape_markdown(shown)))

    @app_commands.command(name="reset", description="Delete everything kept of this server (to be confirmed)")
    async def reset(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Say what will be deleted, and ask."""
        t = self.bot.catalogues.translator(locales.user_locale(interaction))
        embed = embeds.page(t("settings.reset.title"), t("settings.reset.text"))
        button = ResetButton(interaction.user.id, t("settings.reset.button"))
        await interaction.response.send_message(embed=embed, view=confirmation.alone(button), ephemeral=True)

    async def _thinking(self, interaction: discord.Interaction[EmpreinteBot]) -> Translator:
        """Gain time for the database, and return the caller's words."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        return self.bot.catalogues.translator(locales.user_locale(interaction))

    async def _say(self, interaction: discord.Interaction[EmpreinteBot], sentence: str) -> None:
        await interaction.followup.send(sentence, ephemeral=True)


def _guild(interaction: discord.Interaction[EmpreinteBot]) -> int:
    assert interaction.guild_id is not None, "checked before"
    return interaction.guild_id


async def setup(bot: EmpreinteBot) -> None:
    """Add the commands, and listen to the button, also under questions asked before this start."""
    bot.add_dynamic_items(ResetButton)
    await bot.add_cog(SettingsCog(bot))
