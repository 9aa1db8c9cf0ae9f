"""The *Comparer* button: the usual models on a reply's text. It carries what it needs, so it outlives a restart."""

import discord

from bot.client.button_state import TEMPLATE
from bot.client.client import EmpreinteBot
from cogs.buttons.reply_button import CarriedButton
from cogs.shared.comparison_reply import send_comparison


class CompareButton(
    CarriedButton,
    discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]],
    template=f"compare:{TEMPLATE}",
):
    """Compares in private."""

    action = "compare"

    async def pressed(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Compare."""
        compared = interaction.client.answers.compare_again(self.carried)
        await send_comparison(interaction, compared, private=True)


async def setup(bot: EmpreinteBot) -> None:
    """Listen to all such buttons, also those sent before this start."""
    bot.add_dynamic_items(CompareButton)
