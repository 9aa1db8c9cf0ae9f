"""The button that erases somebody's data: first it asks, then it does."""

import re
from typing import Literal, Self

import discord

from bot.client import confirmations
from bot.client.client import EmpreinteBot
from bot.presentation import embeds
from bot.presentation import privacy as worded
from cogs.buttons.persistent_button import PersistentButton

Step = Literal["ask", "sure"]


class EraseButton(PersistentButton, template=r"privacy:erase:(?P<step>ask|sure):(?P<user>[0-9]{1,20})"):
    """`ask` leads to the question, `sure` is the answer. For the person who asked alone."""

    def __init__(self, step: Step, user_id: int, label: str = "…") -> None:
        style = discord.ButtonStyle.danger if step == "sure" else discord.ButtonStyle.secondary
        super().__init__(f"privacy:erase:{step}:{user_id}", label, style)
        self.step, self.user_id = step, user_id

    @classmethod
    def from_match(cls, match: re.Match[str]) -> Self:
        """Return the button that an id says."""
        return cls("sure" if match["step"] == "sure" else "ask", int(match["user"]))

    async def on_press(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Ask or erase."""
        if self.step == "ask":
            await ask(interaction)
        else:
            confirmations.check(interaction, self.user_id)
            await self._erase(interaction)

    async def _erase(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        await interaction.response.defer()
        await interaction.client.usecases.privacy.erase(interaction.user.id)
        done = interaction.client.locales.user(interaction)("privacy.erase.done")
        await interaction.edit_original_response(content=done, embed=None, view=None)


async def ask(interaction: discord.Interaction[EmpreinteBot]) -> None:
    """Say what erasing does and what stays, with the button that does it."""
    t, user_id = interaction.client.locales.user(interaction), interaction.user.id
    opted_out = interaction.client.usecases.privacy.opted_out(user_id)
    embed = embeds.page(t("privacy.erase.title"), worded.erasure(t, opted_out=opted_out))
    view = confirmations.alone(EraseButton("sure", user_id, t("privacy.erase.button")))
    await interaction.response.send_message(embed=embed, view=view, ephemeral=True)
