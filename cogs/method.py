"""The *Méthode* button: how a reply's figures were made. It carries what it needs, so it outlives a restart."""

import re
from typing import Self

import discord

from bot import audience
from bot.carried import TEMPLATE, Carried
from bot.client import EmpreinteBot
from bot.presentation import embeds
from cogs.pressing import Pressed


class MethodButton(
    Pressed,
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=f"method:{TEMPLATE}",
):
    """Explains the figures in private."""

    def __init__(self, carried: Carried, label: str = "…") -> None:
        custom_id = carried.written("method")
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
        """Explain."""
        bot = interaction.client
        explained = bot.answers.explain(self.carried)
        embed = embeds.explanation(explained, bot.catalogues.words(audience.of_caller(interaction)))
        await interaction.response.send_message(embed=embed, ephemeral=True)


async def setup(bot: EmpreinteBot) -> None:
    """Listen to all such buttons, also those sent before this start."""
    bot.add_dynamic_items(MethodButton)
