"""`/settings`: what a server's admins choose."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import confirmations, permissions
from bot.client.answers import answer, think
from bot.client.client import EmpreinteBot
from bot.presentation import embeds, zones
from bot.presentation.server_settings import model_chosen
from bot.presentation.translator import Translator, escape_markdown
from cogs.buttons.reset_button import ResetButton
from cogs.shared import recap_reply
from cogs.shared.autocomplete import complete_model_or_default, complete_timezone, complete_zone_or_default
from cogs.shared.option_choices import offered, weekdays
from cogs.shared.places import AnyPlace, PostingChannel


@app_commands.default_permissions(manage_guild=True)
@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
class SettingsCog(commands.GroupCog, name="settings"):
    """One command for each setting; all answers are private."""

    def __init__(self, bot: EmpreinteBot) -> None:
        self.bot = bot
        app_commands.choices(language=offered([*bot.usecases.settings.languages, "auto"]))(self.language)

    async def interaction_check(  # pyright: ignore[reportIncompatibleMethodOverride] - there is one client only
        self, interaction: discord.Interaction[EmpreinteBot], /
    ) -> bool:
        """Let admins through."""
        permissions.require_admin(interaction)
        return True

    @app_commands.command(name="show")
    async def show(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Show the page: settings, channels counted, what is missing."""
        t = await self._thinking(interaction)
        settings, guild_id = self.bot.usecases.settings, _guild(interaction)
        view = await self.bot.guild_views.server(interaction, settings.channels(guild_id))
        page = await settings.page(guild_id, view, interaction.created_at)
        await answer(interaction, private=True, embed=embeds.settings(page, t))

    @app_commands.command(name="model")
    @app_commands.autocomplete(model=complete_model_or_default)
    async def model(self, interaction: discord.Interaction[EmpreinteBot], model: str) -> None:
        """Set the model."""
        t, settings = await self._thinking(interaction), self.bot.usecases.settings
        chosen = await settings.choose_model(_guild(interaction), model)
        await self._say(interaction, model_chosen(chosen and chosen.title, settings.default_model().title, t))

    @app_commands.command(name="zone")
    @app_commands.autocomplete(zone=complete_zone_or_default)
    async def zone(self, interaction: discord.Interaction[EmpreinteBot], zone: str) -> None:
        """Set the electricity."""
        t, usecases = await self._thinking(interaction), self.bot.usecases
        wanted = zones.code_of(zone, usecases.estimates.zones(), t)
        code = await usecases.settings.choose_zone(_guild(interaction), wanted)
        name = zones.name(code, t) if code else t("settings.zone.provider")
        await self._say(interaction, t("settings.zone.done", zone=name))

    @app_commands.command(name="language")
    async def language(self, interaction: discord.Interaction[EmpreinteBot], language: str) -> None:
        """Set the language of public answers."""
        t = await self._thinking(interaction)
        chosen = await self.bot.usecases.settings.choose_language(_guild(interaction), language)
        name = t.language_name(chosen) if chosen else t("choice.language.auto")
        await self._say(interaction, t("settings.language.done", language=name))

    @app_commands.command(name="timezone")
    @app_commands.autocomplete(timezone=complete_timezone)
    async def timezone(self, interaction: discord.Interaction[EmpreinteBot], timezone: str) -> None:
        """Set when days begin."""
        t, settings, guild_id = await self._thinking(interaction), self.bot.usecases.settings, _guild(interaction)
        name = await settings.choose_timezone(guild_id, timezone)
        shown = name or t("settings.default", value=settings.default_timezone(guild_id))
        await self._say(interaction, t("settings.timezone.done", timezone=escape_markdown(shown)))

    @app_commands.command(name="recap")
    @app_commands.choices(weekday=weekdays())
    async def recap(
        self,
        interaction: discord.Interaction[EmpreinteBot],
        channel: app_commands.Transform[AnyPlace, PostingChannel] | None = None,
        weekday: int | None = None,
        hour: app_commands.Range[int, 0, 23] | None = None,
        off: bool = False,
    ) -> None:
        """Set where and when the week is posted, or stop that."""
        if off:
            t = await self._thinking(interaction)
            stopped = await self.bot.usecases.settings.recap.turn_off(_guild(interaction))
            await self._say(interaction, t("settings.recap.stopped" if stopped else "settings.recap.none"))
            return
        await self._say(interaction, await recap_reply.choose(interaction, channel and channel.id, weekday, hour))

    @app_commands.command(name="reset")
    async def reset(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Say what will be deleted, and ask."""
        t = self.bot.locales.user(interaction)
        embed = embeds.page(t("settings.reset.title"), t("settings.reset.text"))
        button = ResetButton(interaction.user.id, t("settings.reset.button"))
        await answer(interaction, private=True, embed=embed, view=confirmations.alone(button))

    async def _thinking(self, interaction: discord.Interaction[EmpreinteBot]) -> Translator:
        """Gain time for the database, and return the caller's words."""
        await think(interaction, private=True)
        return self.bot.locales.user(interaction)

    async def _say(self, interaction: discord.Interaction[EmpreinteBot], sentence: str) -> None:
        await answer(interaction, private=True, content=sentence)


def _guild(interaction: discord.Interaction[EmpreinteBot]) -> int:
    assert interaction.guild_id is not None, "checked before"
    return interaction.guild_id


async def setup(bot: EmpreinteBot) -> None:
    """Add the commands, and listen to the button, also under questions asked before this start."""
    bot.add_dynamic_items(ResetButton)
    await bot.add_cog(SettingsCog(bot))
