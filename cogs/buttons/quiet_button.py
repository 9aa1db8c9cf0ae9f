"""The button by which somebody has their messages annotated no more, and the one that undoes it. Both are private."""

import re
from typing import Literal, Self

import discord

from bot.client.client import EmpreinteBot
from bot.presentation.translator import Translator
from cogs.buttons.persistent_button import PersistentButton

Step = Literal["on", "off"]


class QuietButton(
    PersistentButton, discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=r"quiet:(?P<step>on|off)"
):
    """`on` leaves the messages of whoever presses it alone, `off` lets them be annotated again."""

    def __init__(self, step: Step, label: str = "…") -> None:
        button: discord.ui.Button[discord.ui.View] = discord.ui.Button(
            label=label, style=discord.ButtonStyle.secondary, custom_id=f"quiet:{step}"
        )
        super().__init__(button)
        self.step = step

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[discord.Client],
        item: discord.ui.Item[discord.ui.View],
        match: re.Match[str],
    ) -> Self:
        """Make the button again from the id that Discord kept."""
        return cls("on" if match["step"] == "on" else "off")

    async def on_press(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Keep the choice, and offer to undo it."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        bot, quiet = interaction.client, self.step == "on"
        await bot.usecases.privacy.leave_alone(interaction.user.id, quiet)
        t = bot.locales.user(interaction)
        await interaction.followup.send(t(f"quiet.{self.step}"), view=view(t, quiet=not quiet), ephemeral=True)


def view(t: Translator, *, quiet: bool = True) -> discord.ui.View:
    """Return a view with the button; it outlives a restart."""
    step: Step = "on" if quiet else "off"
    return discord.ui.View(timeout=None).add_item(QuietButton(step, t(f"button.quiet.{step}")))


async def setup(bot: EmpreinteBot) -> None:
    """Listen to the button, also under messages sent before this start, and let it stand under annotations."""
    bot.add_dynamic_items(QuietButton)
    bot.annotation_sender.button = view
