"""The *CSV* button under boards: the figures as a private file, for those who manage the server."""

import asyncio
import io
import re
from typing import Self

import discord

from bot.client import locales
from bot.client.client import EmpreinteBot
from bot.client.permissions import require_admin
from bot.presentation import days, gaps, spreadsheet
from bot.presentation.translator import Translator
from bot.usecases.boards import BoardRequest
from cogs.buttons.persistent_button import PersistentButton
from cogs.shared.board_request import board_request, boards_of


class CsvButton(
    PersistentButton,
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=r"csv:(?P<period>week|month|all)(?::(?P<by>members|channels):(?P<metric>[a-z0-9]{1,10}))?",
):
    """Sends the period's days, or the whole board where `by` and `metric` are given. Survives a restart."""

    def __init__(self, period: str, by: str | None = None, metric: str | None = None, label: str = "CSV") -> None:
        custom_id = ":".join(part for part in ("csv", period, by, metric) if part)
        super().__init__(discord.ui.Button(label=label, style=discord.ButtonStyle.secondary, custom_id=custom_id))
        self.period, self.by, self.metric = period, by, metric

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[discord.Client],
        item: discord.ui.Item[discord.ui.View],
        match: re.Match[str],
    ) -> Self:
        """Make the button again from the id that Discord kept."""
        return cls(match["period"], match["by"], match["metric"])

    async def on_press(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Send the file."""
        require_admin(interaction)
        await self._send(interaction)

    async def _send(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        bot = interaction.client
        t, of = bot.catalogues.translator(locales.user_locale(interaction)), board_request(interaction, self.period)
        shown, name, content = await self._file(interaction, of, t)
        note = t("csv.sent", period=days.name(shown, t), days=days.span(shown, t))
        notes = gaps.lines(await boards_of(bot).missing(of), t)
        file = discord.File(io.BytesIO(content), f"{name}-{shown.start.isoformat()}.csv")
        await interaction.followup.send("\n".join([note, *notes]), file=file, ephemeral=True)

    async def _file(
        self, interaction: discord.Interaction[EmpreinteBot], of: BoardRequest, t: Translator
    ) -> tuple[days.Days, str, bytes]:
        """Return the days, the file's name and its content, made off the event loop: it may be long."""
        boards = boards_of(interaction.client)
        if self.by is None or self.metric is None:
            rows = [(one.day, one.sums) for one in await boards.days(of)]
            shown = of.shown(rows[0][0] if rows else None)
            return shown, t("csv.file.totals"), await asyncio.to_thread(spreadsheet.daily, rows, t)
        page = await boards.whole_board(of, self.by, self.metric)
        names = _channel_names(interaction, [row.id for row in page.rows]) if self.by == "channels" else {}
        content = await asyncio.to_thread(spreadsheet.board, page, names, t)
        return page.days, t("csv.file.leaderboard"), content


def _channel_names(interaction: discord.Interaction[EmpreinteBot], ids: list[int]) -> dict[int, str]:
    """Return the names of the channels and threads that are still there."""
    guild = interaction.guild
    found = [guild.get_channel_or_thread(one) for one in ids] if guild else []
    return {one.id: one.name for one in found if one is not None}


async def setup(bot: EmpreinteBot) -> None:
    """Listen to all such buttons, also those sent before this start."""
    bot.add_dynamic_items(CsvButton)
