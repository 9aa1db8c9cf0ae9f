"""Applies a filled-in form through the use cases of `/settings` and `/annotate`, and sums it up in private."""

import discord

from bot.client import permissions
from bot.client.answers import answer, think
from bot.client.client import EmpreinteBot
from bot.errors import UserError
from bot.presentation import annotate as worded_annotate
from bot.presentation import embeds, server_settings, zones
from bot.presentation.method import Section
from bot.usecases.annotate import OFF
from bot.usecases.records.setup import SetupChanges, SetupForm
from cogs.buttons import annotate_buttons
from cogs.shared import annotate_reply, recap_reply


async def apply(
    interaction: discord.Interaction[EmpreinteBot],
    form: SetupForm,
    model: str,
    zone: str,
    language: str,
    mode: str,
    recap: str,
) -> None:
    """Look at all of it, then change what is to change; `UserError` before anything changed.

    When the database gives up half way, the summary says what was done and what wasn't.
    """
    permissions.require_admin(interaction)
    bot = interaction.client
    wanted = bot.usecases.setups.changes(form, model, zone, language, mode, recap)
    _check_places(interaction, form, wanted)
    await think(interaction, private=True)
    summary = _Summary(interaction, form)
    try:
        await summary.settings(wanted)
        await summary.counting(wanted)
        await summary.recap(wanted)
    except UserError as error:
        summary.lines.append(bot.locales.user(interaction).error(error))
    await summary.send()


def _check_places(interaction: discord.Interaction[EmpreinteBot], form: SetupForm, wanted: SetupChanges) -> None:
    if wanted.recap_weekday is not None or wanted.mode not in (None, OFF):
        permissions.require_member(interaction)
    if wanted.recap_weekday is not None:
        permissions.postable(interaction, form.channel_id)
    if wanted.mode not in (None, OFF):
        permissions.countable(interaction, form.channel_id)


class _Summary:
    """What was done, line by line."""

    def __init__(self, interaction: discord.Interaction[EmpreinteBot], form: SetupForm) -> None:
        self._interaction, self._form = interaction, form
        self._t = interaction.client.locales.user(interaction)
        self.lines: list[str] = []
        self._sections: list[Section] = []
        self._view: discord.ui.View | None = None

    async def settings(self, wanted: SetupChanges) -> None:
        """Set model, electricity and language."""
        settings, guild_id, t = self._interaction.client.usecases.settings, self._form.guild_id, self._t
        if wanted.model:
            chosen = await settings.choose_model(guild_id, wanted.model)
            self.lines.append(server_settings.model_chosen(chosen and chosen.title, self._form.default_model, t))
        if wanted.zone:
            code = await settings.choose_zone(guild_id, wanted.zone)
            shown = zones.name(code, t) if code else t("settings.zone.provider")
            self.lines.append(t("settings.zone.done", zone=shown))
        if wanted.language:
            language = await settings.choose_language(guild_id, wanted.language)
            shown = t.language_name(language) if language else t("choice.language.auto")
            self.lines.append(t("settings.language.done", language=shown))

    async def counting(self, wanted: SetupChanges) -> None:
        """Count the channel's messages, or stop, with its notice and *Undo*."""
        if wanted.mode is None:
            return
        interaction, t = self._interaction, self._t
        guild, bot = interaction.guild, interaction.client
        assert guild is not None, "admins only"
        done, notice = await annotate_reply.annotate(interaction, self._form.channel_id, wanted.mode, None)
        hidden, state = bot.guild_views.hidden(interaction), bot.guild_views.state(guild, done.row)
        text = worded_annotate.text(done, notice, hidden, t)
        self._sections = [(worded_annotate.title(done, t), text), *worded_annotate.state_sections(state, hidden, t)]
        self._view = annotate_buttons.view_of(interaction, done, None)

    async def recap(self, wanted: SetupChanges) -> None:
        """Set the recap to this channel, or stop it."""
        if wanted.recap_off:
            await self._interaction.client.usecases.settings.recap.turn_off(self._form.guild_id)
            self.lines.append(self._t("settings.recap.stopped"))
        elif wanted.recap_weekday is not None:
            place = self._form.channel_id
            self.lines.append(await recap_reply.choose(self._interaction, place, wanted.recap_weekday, None))

    async def send(self) -> None:
        """Send it, and say where the rest is."""
        t = self._t
        lines = self.lines if self.lines or self._sections else [t("setup.unchanged")]
        embed = embeds.sections(t("setup.done"), "\n".join([*lines, "", f"-# {t('setup.rest')}"]), self._sections)
        await answer(self._interaction, private=True, embed=embed, view=self._view)
