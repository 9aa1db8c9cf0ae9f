"""The form of `/setup`: five fields, as many as Discord takes, filled in with what is there."""

from collections.abc import Callable, Sequence
from typing import Any

import discord

from bot.client.client import EmpreinteBot
from bot.presentation import recap, setup, zones
from bot.presentation.translator import Translator
from bot.usecases.annotate import MODES
from bot.usecases.records.setup import KEEP_RECAP, NO_RECAP, SetupForm
from bot.usecases.server_settings import DEFAULT
from bot.usecases.setups import AUTO
from cogs.shared import setup_reply

PREFIX = "setup:"
TIMEOUT = 3600.0
"""Seconds for which a form that was opened may be sent."""

MAX_ZONES = 23
"""Zones offered beside the provider's and the one that is chosen; Discord takes 25 choices."""

MAX_MODEL = 100

Choice = tuple[str, str]
"""What a choice is called, and its value."""


class SetupModal(discord.ui.Modal):
    """Sent once; whatever goes wrong is told to who sent it."""

    def __init__(self, form: SetupForm, interaction: discord.Interaction[EmpreinteBot]) -> None:
        bot, guild = interaction.client, interaction.guild
        assert guild is not None, "admins only"
        t, channel = bot.locales.user(interaction), guild.get_channel(form.channel_id)
        seen = form.recap_channel not in bot.guild_views.hidden(interaction)
        known = guild.get_channel(form.recap_channel or 0) if seen else None
        super().__init__(title=t("setup.title"), timeout=TIMEOUT, custom_id=f"{PREFIX}{interaction.id}")
        self.form = form
        self.forget: Callable[[str], None] = lambda _: None
        """Is told when it is too late to send this one."""
        self.model: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id="model",
            default=form.model or None,
            placeholder=t("settings.default", value=form.default_model)[:100],
            required=False,
            max_length=MAX_MODEL,
        )
        self.zone = _select("zone", _zones(form, bot, t), form.zone or DEFAULT)
        self.language = _radio("language", _languages(bot, t), form.language or AUTO)
        self.mode = _radio("mode", [(t(f"choice.mode.{one}"), one) for one in MODES], form.mode)
        self.recap = _select("recap", _recaps(form, known, t), NO_RECAP if form.recap_channel is None else KEEP_RECAP)
        here = channel.name if channel else "?"
        for text, about, field in (
            (t("setup.model"), t("setup.model.about"), self.model),
            (t("setup.zone"), t("setup.zone.about"), self.zone),
            (t("setup.language"), t("setup.language.about"), self.language),
            (setup.in_channel(here, t), t("setup.mode.about"), self.mode),
            (t("setup.recap"), t("setup.recap.about"), self.recap),
        ):
            self.add_item(discord.ui.Label(text=text, description=about, component=field))

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        """Apply what was changed."""
        interaction.client.command_limits.check(interaction)
        zone, chosen = next(iter(self.zone.values), DEFAULT), next(iter(self.recap.values), KEEP_RECAP)
        language, mode = self.language.value or AUTO, self.mode.value or self.form.mode
        await setup_reply.apply(interaction, self.form, self.model.value, zone, language, mode, chosen)

    async def on_timeout(self) -> None:
        """Let it be told when it is sent all the same."""
        self.forget(self.custom_id)

    async def on_error(self, interaction: discord.Interaction[Any], error: Exception, /) -> None:
        """Tell what went wrong."""
        await interaction.client.error_handler.handle(interaction, error)


def _zones(form: SetupForm, bot: EmpreinteBot, t: Translator) -> list[Choice]:
    known = zones.search(bot.usecases.estimates.zones(), "", t, limit=MAX_ZONES)
    choices = [(t("settings.zone.provider"), DEFAULT), *((name, code) for code, name in known)]
    if form.zone and form.zone not in {value for _, value in choices}:
        choices.append((zones.name(form.zone, t), form.zone))
    return choices


def _languages(bot: EmpreinteBot, t: Translator) -> list[Choice]:
    named = [(t.language_name(one), one) for one in bot.usecases.settings.languages]
    return [(t("choice.language.auto"), AUTO), *named]


def _recaps(form: SetupForm, place: discord.abc.GuildChannel | None, t: Translator) -> list[Choice]:
    choices = [(t("setup.recap.none"), NO_RECAP)]
    if form.recap_channel is not None and form.recap_weekday is not None:
        kept = setup.kept(place and place.name, form.recap_weekday, form.recap_hour, t)
        choices.append((kept, KEEP_RECAP))
    days = [(setup.weekly(number, form.recap_hour, t), str(number)) for number in recap.DAYS]
    return [*choices, *days]


def _select(custom_id: str, choices: Sequence[Choice], chosen: str) -> discord.ui.Select[Any]:
    options = [discord.SelectOption(label=name, value=value, default=value == chosen) for name, value in choices]
    return discord.ui.Select(custom_id=custom_id, options=options)


def _radio(custom_id: str, choices: Sequence[Choice], chosen: str) -> discord.ui.RadioGroup[Any]:
    options = [discord.RadioGroupOption(label=name, value=value, default=value == chosen) for name, value in choices]
    return discord.ui.RadioGroup(custom_id=custom_id, options=options)
