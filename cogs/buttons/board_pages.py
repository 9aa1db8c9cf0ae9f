"""A board's pages, their ◀ and ▶. These carry what they show, so they outlive a restart."""

import re
from typing import Any, Self

import discord

from bot.client.answers import think
from bot.client.button_state import BOARD_TEMPLATE, BoardState
from bot.client.client import EmpreinteBot
from bot.presentation import pictured
from bot.presentation.translator import Translator
from bot.usecases.boards import Page
from cogs.buttons.board_details_button import BoardDetailsButton
from cogs.buttons.csv_button import CsvButton
from cogs.buttons.persistent_button import PersistentButton
from cogs.shared import pictured_reply
from cogs.shared.board_page import load_page


class PageButton(PersistentButton, template=BOARD_TEMPLATE):
    """Turns to a page. Who asked for the board turns it for everybody; all others get a copy of their own."""

    def __init__(self, state: BoardState, label: str = "…", *, disabled: bool = False) -> None:
        super().__init__(state.to_custom_id(), label, disabled=disabled)
        self.state = state

    @classmethod
    def from_match(cls, match: re.Match[str]) -> Self:
        """Return the button that an id says."""
        return cls(BoardState.from_custom_id_match(match))

    async def on_press(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Turn the page."""
        if interaction.user.id != self.state.asker:
            await think(interaction, private=True)
            own = self.state.for_asker(interaction.user.id)
            await show_board(interaction, own, private=True)
            return
        private = interaction.message is not None and interaction.message.flags.ephemeral
        await interaction.response.defer()
        await show_board(interaction, self.state, private=private)


async def show_board(interaction: discord.Interaction[EmpreinteBot], state: BoardState, *, private: bool) -> None:
    """Answer with a page as its readers may see it, or turn to it."""
    bot, t = interaction.client, interaction.client.locales.answer(interaction, private=private)
    asked, page, names = await load_page(interaction, state, private=private)
    shown = pictured.leaderboard(page, asked.guild_id, names, await bot.usecases.ranges(asked, page), t)
    await pictured_reply.show(interaction, shown, _buttons(page, state, t))


def _buttons(page: Page, state: BoardState, t: Translator) -> list[discord.ui.Item[Any]]:
    """Return the buttons: to the pages beside this one where there are some, the list in words, and the file."""
    found: list[discord.ui.Item[Any]] = []
    if page.pages > 1:
        found.append(PageButton(state.at(page.before), "◀", disabled=page.number == 1))
        found.append(PageButton(state.at(page.after), "▶", disabled=page.number == page.pages))
    if page.rows:
        found.append(BoardDetailsButton(state.at(page.number), t("button.details")))
        found.append(CsvButton(state.period, state.by, state.metric, t("csv.button")))
    return found
