"""The *Comparer* button: the usual models on a reply's text. It carries what it needs, so it outlives a restart."""

import re
from typing import Self

import discord

from bot.carried import TEMPLATE, Carried
from bot.client import EmpreinteBot
from cogs.comparing import send_comparison
from cogs.pressing import Pressed


class CompareButton(
    Pressed,
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=f"compare:{TEMPLATE}",
):
    """Compares in private."""

    def __init__(self, carried: Carried, label: str = "…") -> None:
        custom_id = carried.written("compare")
        super().__init__(discord.ui.Button(label=label, style=discord.ButtonStyle.secondary, custom_id=custom_id))
        self.carried = carried

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[discord.Client],
        item: discord.ui.Item[discord.ui.View],
        match: re.Match[str],
    ) -> Self:
        """Make the button again from the id that Discord kept."""
        return cls(Carried.read_from(match))

    async def pressed(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Compare."""
        compared = interaction.client.answers.compare_again(self.carried)
        await send_comparison(interaction, compared, private=True)


async def setup(bot: EmpreinteBot) -> None:
    """Listen to all such buttons, also those sent before this start."""
    bot.add_dynamic_items(CompareButton)
