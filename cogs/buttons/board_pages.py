"""A board's pages, their ◀ and ▶. These carry what they show, so they outlive a restart."""

import re
from typing import Self

import discord

from bot.client.answers import answer, think
from bot.client.button_state import BOARD_TEMPLATE, BoardState
from bot.client.client import EmpreinteBot
from bot.presentation import embeds, leaderboard
from bot.presentation.translator import Translator
from bot.usecases.boards import Page
from cogs.buttons.csv_button import CsvButton
from cogs.buttons.persistent_button import PersistentButton
from cogs.shared.board_request import board_request


class PageButton(PersistentButton, discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=BOARD_TEMPLATE):
    """Turns to a page. Who asked for the board turns it for everybody; all others get a copy of their own."""

    def __init__(self, state: BoardState, label: str = "…", *, disabled: bool = False) -> None:
        custom_id, style = state.to_custom_id(), discord.ButtonStyle.secondary
        super().__init__(discord.ui.Button(label=label, style=style, custom_id=custom_id, disabled=disabled))
        self.state = state

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[discord.Client],
        item: discord.ui.Item[discord.ui.View],
        match: re.Match[str],
    ) -> Self:
        """Make the button again from the id that Discord kept."""
        return cls(BoardState.from_custom_id_match(match))

    async def on_press(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Turn the page."""
        if interaction.user.id != self.state.asker:
            await think(interaction, private=True)
            own = self.state.for_asker(interaction.user.id)
            embed, view = await board_page(interaction, own, private=True)
            await answer(interaction, private=True, embed=embed, view=view)
            return
        private = interaction.message is not None and interaction.message.flags.ephemeral
        await interaction.response.defer()
        embed, view = await board_page(interaction, self.state, private=private)
        await interaction.edit_original_response(embed=embed, view=view)


async def board_page(
    interaction: discord.Interaction[EmpreinteBot], state: BoardState, *, private: bool
) -> tuple[discord.Embed, discord.ui.View]:
    """Return a page as its readers may see it, with its buttons."""
    bot, asked = interaction.client, board_request(interaction, state.period)
    visible = bot.guild_views.visible(interaction, private=private)
    page = await bot.usecases.boards.leaderboard(asked, state.by, state.metric, state.page, state.asker, visible)
    names = await bot.names.of_board(interaction.guild, page.by, [row.id for row in page.shown])
    t = bot.locales.answer(interaction, private=private)
    named = leaderboard.named(page.by, asked.guild_id, names, t)
    return embeds.leaderboard(page, named, t), _buttons(page, state, t)


def _buttons(page: Page, state: BoardState, t: Translator) -> discord.ui.View:
    """Return the buttons: to the pages beside this one where there are some, and the file."""
    view = discord.ui.View(timeout=None)
    if page.pages > 1:
        view.add_item(PageButton(state.at(page.before), "◀", disabled=page.number == 1))
        view.add_item(PageButton(state.at(page.after), "▶", disabled=page.number == page.pages))
    if page.rows:
        view.add_item(CsvButton(state.period, state.by, state.metric, t("csv.button")))
    return view
