"""What all our buttons do when they are pressed."""

from typing import TYPE_CHECKING, Any

import discord

if TYPE_CHECKING:
    from bot.client.client import EmpreinteBot


class PersistentButton:
    """A button whose mishaps are told: discord.py hands the errors of buttons kept by their id to nobody."""

    async def on_press(self, interaction: discord.Interaction["EmpreinteBot"]) -> None:
        """Do what the button is for; raise whatever went wrong."""
        raise NotImplementedError

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do it, or tell what went wrong."""
        try:
            interaction.client.command_limits.check(interaction)
            await self.on_press(interaction)
        except Exception as error:  # noqa: BLE001
            await interaction.client.error_handler.handle(interaction, error)
