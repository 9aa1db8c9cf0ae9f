"""Left alone in one tap: not annotated any more, or not counted any more, and back. All answers are private."""

from functools import partial
from typing import Any, Literal

import discord

from bot.client.client import EmpreinteBot
from bot.presentation.translator import Translator
from bot.usecases.records.privacy import PersonalData
from cogs.buttons.erase_button import EraseButton
from cogs.buttons.persistent_button import PersistentButton

Step = Literal["on", "off"]
Count = Literal["out", "in"]


class QuietButton(PersistentButton, template=r"quiet:(?P<step>on|off)"):
    """`on` leaves the messages of whoever presses it alone, `off` lets them be annotated again."""

    def __init__(self, step: Step, label: str = "…") -> None:
        super().__init__(f"quiet:{step}", label)
        self.step = step

    async def on_press(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Keep the choice, and offer to undo it."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        bot, quiet = interaction.client, self.step == "on"
        await bot.usecases.privacy.leave_alone(interaction.user.id, quiet)
        t = bot.locales.user(interaction)
        await interaction.followup.send(t(f"quiet.{self.step}"), view=view(t, quiet=not quiet), ephemeral=True)


class CountButton(PersistentButton, template=r"counted:(?P<step>out|in)"):
    """`out` records nothing more of whoever presses it, `in` undoes that."""

    def __init__(self, step: Count, label: str = "…") -> None:
        super().__init__(f"counted:{step}", label)
        self.step = step

    async def on_press(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Keep the choice, and offer to undo it."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        privacy, user_id, t = interaction.client.usecases.privacy, interaction.user.id, _words(interaction)
        if self.step == "out":
            await privacy.opt_out(user_id, interaction.created_at)
            shown, text = opted_out(user_id, t), t("privacy.optout")
        else:
            await privacy.opt_in(user_id, interaction.created_at)
            shown, text = _alone(CountButton("out", t("button.optout"))), t("privacy.optin")
        await interaction.followup.send(text, view=shown, ephemeral=True)


def view(t: Translator, *, quiet: bool = True) -> discord.ui.View:
    """Return a view with the button; it outlives a restart."""
    return _alone(_quiet(t, quiet=quiet))


def choices(data: PersonalData, t: Translator) -> discord.ui.View:
    """Return the choices that somebody has: whoever is out may come back, all others leave or not be annotated."""
    if data.person.opted_out_at is not None:
        return _alone(CountButton("in", t("button.optin")))
    shown = _alone(CountButton("out", t("button.optout")))
    return shown.add_item(_quiet(t, quiet=not data.person.quiet))


def under_notice(t: Translator, *, shows: bool = True) -> discord.ui.View:
    """Return what stands under the notice of a channel; `shows`: its messages are annotated."""
    shown = _alone(CountButton("out", t("button.optout")))
    return shown.add_item(_quiet(t)) if shows else shown


def opted_out(user_id: int, t: Translator) -> discord.ui.View:
    """Return what is left to whoever has just opted out: to come back, to have erased what there is."""
    return _alone(CountButton("in", t("button.optin"))).add_item(EraseButton("ask", user_id, t("privacy.erase.ask")))


def _quiet(t: Translator, *, quiet: bool = True) -> QuietButton:
    step: Step = "on" if quiet else "off"
    return QuietButton(step, t(f"button.quiet.{step}"))


def _alone(item: discord.ui.Item[Any]) -> discord.ui.View:
    return discord.ui.View(timeout=None).add_item(item)


def _words(interaction: discord.Interaction[EmpreinteBot]) -> Translator:
    return interaction.client.locales.user(interaction)


def _keep_offer(bot: EmpreinteBot, user_id: int) -> None:
    bot.tasks.start(bot.usecases.privacy.keep_quiet_offer(user_id), "a button that somebody has seen")


async def setup(bot: EmpreinteBot) -> None:
    """Listen to the buttons, also under messages sent before this start, and let them stand under what we post."""
    bot.add_dynamic_items(QuietButton, CountButton)
    bot.annotation_sender.button, bot.annotation_sender.notice_button = view, under_notice
    bot.annotation_sender.was_offered = bot.usecases.privacy.was_offered_quiet
    bot.annotation_sender.keep_offer = partial(_keep_offer, bot)
    bot.annotation_sender.keep_first_notice = bot.usecases.annotate.keep_first_notice
