"""The *Méthode* button: how a reply's figures were made. It carries what it needs, so it outlives a restart."""

import discord

from bot.client.client import EmpreinteBot
from bot.presentation import embeds
from cogs.buttons.details_button import MethodDetailsButton
from cogs.buttons.reply_button import ReplyButton


class MethodButton(ReplyButton, action="method"):
    """Explains the figures in private, the essential first."""

    async def on_press(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Explain."""
        bot = interaction.client
        explained = bot.usecases.estimates.explain(self.carried)
        t = bot.locales.user(interaction)
        view = discord.ui.View(timeout=None).add_item(MethodDetailsButton(self.carried, t("button.details")))
        embed = embeds.explanation_short(explained, t)
        await interaction.response.send_message(embed=embed, view=view, ephemeral=True)


async def setup(bot: EmpreinteBot) -> None:
    """Listen to all such buttons, also those sent before this start."""
    bot.add_dynamic_items(MethodButton)
