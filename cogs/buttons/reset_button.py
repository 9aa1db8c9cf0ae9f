"""The button that deletes everything of a server."""

import re
from typing import Self

import discord

from bot.client import confirmations, permissions
from bot.client.client import EmpreinteBot
from cogs.buttons.persistent_button import PersistentButton


class ResetButton(PersistentButton, template=r"settings:reset:(?P<user>[0-9]{1,20})"):
    """For the admin who asked, while they still are one."""

    def __init__(self, user_id: int, label: str = "…") -> None:
        super().__init__(f"settings:reset:{user_id}", label, discord.ButtonStyle.danger)
        self.user_id = user_id

    @classmethod
    def from_match(cls, match: re.Match[str]) -> Self:
        """Return the button that an id says."""
        return cls(int(match["user"]))

    async def on_press(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Delete."""
        permissions.require_admin(interaction)
        confirmations.check(interaction, self.user_id)
        await self._reset(interaction)

    async def _reset(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        bot, guild_id = interaction.client, interaction.guild_id
        assert guild_id is not None, "checked before"
        t = bot.locales.user(interaction)
        going = t("settings.reset.going")
        await interaction.response.edit_message(content=going, embed=None, view=None)
        await bot.usecases.settings.reset(guild_id, interaction.created_at)
        await interaction.edit_original_response(content=t("settings.reset.done"))
