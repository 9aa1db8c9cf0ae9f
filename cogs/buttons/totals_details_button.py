"""The *Détails* button under `/totals`: all the figures in words, in private. It outlives a restart."""

import discord

from bot.client.answers import think
from bot.client.client import EmpreinteBot
from bot.presentation import pictured
from cogs.buttons.persistent_button import PersistentButton
from cogs.shared import pictured_reply
from cogs.shared.board_request import board_request


class TotalsDetailsButton(PersistentButton, template=r"details:totals:(?P<period>week|month|all)"):
    """Shows everything about a period to who presses."""

    def __init__(self, period: str, label: str = "…") -> None:
        super().__init__(f"details:totals:{period}", label)
        self.period = period

    async def on_press(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Show them, with the hours of the week."""
        asked, usecases = board_request(interaction, self.period), interaction.client.usecases
        await think(interaction, private=True)
        summary, hours = await usecases.boards.totals(asked), await usecases.week_hours(asked)
        t = interaction.client.locales.user(interaction)
        await pictured_reply.show(interaction, pictured.totals_details(summary, hours, t))
