"""The *Méthode* button: how a reply's figures were made. It carries what it needs, so it outlives a restart."""

import re
from typing import Self

import discord

from bot import audience
from bot.client import EmpreinteBot
from bot.estimation.footprint import Footprint
from bot.presentation import embeds
from bot.presentation.messages import Words


class MethodButton(
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=r"method:(?P<model>[0-9a-f]{8}):(?P<zone>[A-Z]{3}):(?P<read>[0-9]{1,7}):(?P<basis>[^:]{1,40})",
):
    """Explains the figures in private. Its id holds model, zone, tokens read and what the length rests on."""

    def __init__(self, model: str, zone: str, read: int, basis: str, label: str = "…") -> None:
        custom_id = f"method:{model}:{zone}:{read}:{basis}"
        super().__init__(discord.ui.Button(label=label, style=discord.ButtonStyle.secondary, custom_id=custom_id))
        self.model = model
        self.zone = zone
        self.read = read
        self.basis = basis

    @classmethod
    def of(cls, footprint: Footprint, words: Words) -> Self:
        """Return the button for a footprint."""
        assert footprint.reading.basis is not None, "a reply in Discord always predicts the length"
        basis = footprint.reading.basis.encode()
        return cls(footprint.model.short_id, footprint.zone, footprint.prompt_tokens, basis, words("button.method"))

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[discord.Client],
        item: discord.ui.Item[discord.ui.View],
        match: re.Match[str],
    ) -> Self:
        """Make the button again from the id that Discord kept."""
        return cls(match["model"], match["zone"], int(match["read"]), match["basis"])

    async def callback(  # pyright: ignore[reportIncompatibleMethodOverride] - there is one client only
        self, interaction: discord.Interaction[EmpreinteBot]
    ) -> None:
        """Explain, or tell what went wrong: discord.py hands errors of such buttons to nobody."""
        try:
            await self._explain(interaction)
        except Exception as error:  # noqa: BLE001
            await interaction.client.failures.handle(interaction, error)

    async def _explain(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        bot = interaction.client
        explained = bot.answers.explain(self.read, self.basis, self.model, self.zone)
        embed = embeds.explanation(explained, bot.catalogues.words(audience.of_caller(interaction)))
        await interaction.response.send_message(embed=embed, ephemeral=True)


async def setup(bot: EmpreinteBot) -> None:
    """Listen to all such buttons, also those sent before this start."""
    bot.add_dynamic_items(MethodButton)
