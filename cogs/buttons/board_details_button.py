"""The *Détails* button under a board: the page in words, in private. It outlives a restart."""

import re
from typing import Self

import discord

from bot.client.answers import answer, think
from bot.client.button_state import BOARD_TEMPLATE, BoardState
from bot.client.client import EmpreinteBot
from bot.presentation import embeds, leaderboard
from cogs.buttons.persistent_button import PersistentButton
from cogs.shared.board_page import load_page


class BoardDetailsButton(PersistentButton, template=f"details:{BOARD_TEMPLATE}"):
    """Shows a page to who presses, as they may see it."""

    def __init__(self, state: BoardState, label: str = "…") -> None:
        super().__init__(f"details:{state.to_custom_id()}", label)
        self.state = state

    @classmethod
    def from_match(cls, match: re.Match[str]) -> Self:
        """Return the button that an id says."""
        return cls(BoardState.from_custom_id_match(match))

    async def on_press(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Show the page."""
        await think(interaction, private=True)
        own = self.state.for_asker(interaction.user.id)
        asked, page, names = await load_page(interaction, own, private=True)
        t = interaction.client.locales.user(interaction)
        named = leaderboard.named(page.by, asked.guild_id, names, t)
        await answer(interaction, private=True, embed=embeds.leaderboard(page, named, t))
