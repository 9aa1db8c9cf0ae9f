"""The button with a reply's animal: what it stands for. It carries what it needs, so it outlives a restart."""

import discord

from bot.client.button_state import ButtonState
from bot.client.client import EmpreinteBot
from bot.presentation import reply
from cogs.buttons.reply_button import ReplyButton


class SizeButton(ReplyButton, action="size"):
    """Explains the class of size in private."""

    def __init__(self, carried: ButtonState, label: str = "…", emoji: str | None = None) -> None:
        super().__init__(carried, label)
        self.item.emoji = emoji

    async def on_press(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Explain."""
        bot = interaction.client
        shown = bot.usecases.estimates.again(self.carried)
        text = reply.size(shown, bot.usecases.estimator.sizes.classes, bot.locales.user(interaction))
        await interaction.response.send_message(text, ephemeral=True)


async def setup(bot: EmpreinteBot) -> None:
    """Listen to all such buttons, also those sent before this start."""
    bot.add_dynamic_items(SizeButton)
