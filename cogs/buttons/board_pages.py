"""A board's pages: its embed, its ◀ and ▶. They carry what they show, so they outlive a restart."""

import re
from dataclasses import dataclass
from typing import Self

import discord

from bot.client import locales
from bot.client.client import EmpreinteBot
from bot.presentation import embeds, leaderboard
from bot.presentation.leaderboard import Page
from bot.presentation.translator import Translator
from cogs.buttons.csv_button import CsvButton
from cogs.buttons.persistent_button import PersistentButton
from cogs.shared.board_request import board_request, boards_of


@dataclass(frozen=True, slots=True)
class Shown:
    """Which board, and who asked for it."""

    period: str
    by: str
    metric: str
    asker: int


class PageButton(
    PersistentButton,
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=r"board:(?P<period>week|month|all):(?P<by>members|channels):(?P<metric>energy|co2|water|messages|courtesy)"
    r":(?P<page>[0-9]{1,6}):(?P<asker>[0-9]{1,20})",
):
    """Turns to a page. Who asked for the board turns it for everybody; all others get a copy of their own."""

    def __init__(self, shown: Shown, page: int, label: str = "…", *, disabled: bool = False) -> None:
        custom_id = f"board:{shown.period}:{shown.by}:{shown.metric}:{page}:{shown.asker}"
        style = discord.ButtonStyle.secondary
        super().__init__(discord.ui.Button(label=label, style=style, custom_id=custom_id, disabled=disabled))
        self.shown, self.page = shown, page

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[discord.Client],
        item: discord.ui.Item[discord.ui.View],
        match: re.Match[str],
    ) -> Self:
        """Make the button again from the id that Discord kept."""
        shown = Shown(match["period"], match["by"], match["metric"], int(match["asker"]))
        return cls(shown, int(match["page"]))

    async def on_press(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Turn the page."""
        bot, one = interaction.client, self.shown
        own = interaction.user.id == one.asker
        shown = one if own else Shown(one.period, one.by, one.metric, interaction.user.id)
        of = board_request(interaction, one.period)
        page = await boards_of(bot).leaderboard(of, one.by, one.metric, self.page, shown.asker)
        private = not own or (interaction.message is not None and interaction.message.flags.ephemeral)
        t = bot.catalogues.translator(locales.answer_locale(interaction, private=private))
        embed, view = embed_of(page, t), view_of(page, shown, t)
        if own:
            await interaction.response.edit_message(embed=embed, view=view)
        else:
            await interaction.response.send_message(embed=embed, view=view, ephemeral=True)


def embed_of(page: Page, t: Translator) -> discord.Embed:
    """Return a page as Discord shows it."""
    lines = leaderboard.lines(page, leaderboard.mention(page.by), t)
    embed = embeds.page(leaderboard.title(page, t), "\n".join(lines))
    return embed.set_footer(text=leaderboard.footer(page, t)) if page.rows else embed


def view_of(page: Page, shown: Shown, t: Translator) -> discord.ui.View:
    """Return the buttons: to the pages beside this one where there are some, and the file."""
    view = discord.ui.View(timeout=None)
    if page.pages > 1:
        view.add_item(PageButton(shown, page.number - 1, "◀", disabled=page.number == 1))
        view.add_item(PageButton(shown, page.number + 1, "▶", disabled=page.number == page.pages))
    if page.rows:
        view.add_item(CsvButton(shown.period, shown.by, shown.metric, t("csv.button")))
    return view
