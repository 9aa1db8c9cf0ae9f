"""What all our buttons share: they are made again from their id alone, and tell what goes wrong when pressed."""

import re
from typing import TYPE_CHECKING, Any, Self

import discord

if TYPE_CHECKING:
    from bot.client.client import EmpreinteBot

NEVER = "(?!)"
"""A template that no id matches: for classes that only serve as the base of buttons."""


class PersistentButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=NEVER):
    """A button that outlives a restart: its id carries all that it needs, in 100 characters and without text."""

    def __init__(
        self,
        custom_id: str,
        label: str,
        style: discord.ButtonStyle = discord.ButtonStyle.secondary,
        *,
        disabled: bool = False,
    ) -> None:
        button: discord.ui.Button[Any] = discord.ui.Button(
            label=label[:80], style=style, custom_id=custom_id, disabled=disabled
        )
        super().__init__(button)

    @classmethod
    def from_match(cls, match: re.Match[str]) -> Self:
        """Return the button that an id says; override where groups aren't its arguments."""
        arguments: dict[str, Any] = match.groupdict()
        return cls(**arguments)

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Make the button again from the id that Discord kept."""
        return cls.from_match(match)

    async def on_press(self, interaction: discord.Interaction["EmpreinteBot"]) -> None:
        """Do what the button is for; raise whatever went wrong."""
        raise NotImplementedError

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do it, or tell what went wrong: discord.py hands the errors of buttons kept by their id to nobody."""
        try:
            interaction.client.command_limits.check(interaction)
            await self.on_press(interaction)
        except Exception as error:  # noqa: BLE001
            await interaction.client.error_handler.handle(interaction, error)
