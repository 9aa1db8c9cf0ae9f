"""The *CSV* button under boards: the figures as a private file, for those who manage the server."""

import asyncio
import io

import discord

from bot.client.answers import answer, think
from bot.client.client import EmpreinteBot
from bot.client.permissions import require_admin
from bot.presentation import days, gaps, spreadsheet
from cogs.buttons.persistent_button import PersistentButton
from cogs.shared.board_request import board_request


class CsvButton(
    PersistentButton,
    template=r"csv:(?P<period>week|month|all)(?::(?P<by>members|channels):(?P<metric>energy|co2|water|messages|courtesy))?",
):
    """Sends the period's days, or the whole board where `by` and `metric` are given. Survives a restart."""

    def __init__(self, period: str, by: str | None = None, metric: str | None = None, label: str = "CSV") -> None:
        custom_id = ":".join(part for part in ("csv", period, by, metric) if part)
        super().__init__(custom_id, label)
        self.period, self.by, self.metric = period, by, metric

    async def on_press(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Send the file: what the admin may see."""
        require_admin(interaction)
        await think(interaction, private=True)
        bot, boards, asked = (
            interaction.client,
            interaction.client.usecases.boards,
            board_request(interaction, self.period),
        )
        visible, t = bot.guild_views.visible(interaction, private=True), bot.locales.user(interaction)
        sheet = await boards.sheet(asked, self.by, self.metric, visible)
        names = await bot.names.of_board(interaction.guild, self.by or "", sheet.ids)
        name, content = await asyncio.to_thread(spreadsheet.file, sheet, names, t)  # it may be long
        note = t("csv.sent", period=days.name(sheet.days, t), days=days.span(sheet.days, t))
        notes = gaps.lines(await boards.gaps(asked, visible), t)
        file = discord.File(io.BytesIO(content), name)
        await answer(interaction, private=True, content="\n".join([note, *notes]), file=file)


async def setup(bot: EmpreinteBot) -> None:
    """Listen to all such buttons, also those sent before this start."""
    bot.add_dynamic_items(CsvButton)
