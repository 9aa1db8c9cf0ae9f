"""The buttons under a reply: they carry what it takes to estimate again, so they outlive a restart."""

import re
from typing import Any, ClassVar, Self

import discord

from bot.client.button_state import ButtonState
from cogs.buttons.persistent_button import PersistentButton


class ReplyButton(PersistentButton):
    """To be mixed into a `DynamicItem` whose template is `<action>:` and `bot.client.button_state.TEMPLATE`."""

    action: ClassVar[str]

    def __init__(self, carried: ButtonState, label: str = "…") -> None:
        custom_id, style = carried.to_custom_id(self.action), discord.ButtonStyle.secondary
        button: discord.ui.Button[discord.ui.View] = discord.ui.Button(label=label, style=style, custom_id=custom_id)
        super().__init__(button)  # pyright: ignore[reportCallIssue] - the next class is DynamicItem
        self.carried = carried

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str]
    ) -> Self:
        """Make the button again from the id that Discord kept."""
        return cls(ButtonState.from_custom_id_match(match))
