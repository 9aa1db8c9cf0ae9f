"""The *Comparer* button: the usual models on a reply's text. It carries what it needs, so it outlives a restart."""

import discord

from bot.client.client import EmpreinteBot
from cogs.buttons.reply_button import ReplyButton
from cogs.shared.comparison_reply import send_comparison


class CompareButton(ReplyButton, action="compare"):
    """Compares in private."""

    async def on_press(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Compare."""
        compared = interaction.client.usecases.estimates.compare_again(self.carried)
        await send_comparison(interaction, compared, private=True)


async def setup(bot: EmpreinteBot) -> None:
    """Listen to all such buttons, also those sent before this start."""
    bot.add_dynamic_items(CompareButton)
