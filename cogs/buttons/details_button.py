"""The *Détails* buttons: public answers are short, and who wants to know more reads the rest alone."""

import discord

from bot.client.answers import answer, think
from bot.client.client import EmpreinteBot
from bot.presentation import embeds
from cogs.buttons.persistent_button import PersistentButton
from cogs.buttons.reply_button import ReplyButton
from cogs.shared import politeness_reply, training_reply


class MethodDetailsButton(ReplyButton, action="details"):
    """All of how a reply's figures were made."""

    async def on_press(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Explain everything."""
        bot = interaction.client
        embed = embeds.explanation(bot.usecases.estimates.explain(self.carried), bot.locales.user(interaction))
        await interaction.response.send_message(embed=embed, ephemeral=True)


class TrainingDetailsButton(PersistentButton, template=r"training:(?P<name>[a-z0-9_]{0,40})"):
    """All of one training, or (no name) of the overview."""

    def __init__(self, name: str, label: str = "…") -> None:
        super().__init__(f"training:{name}", label)
        self.name = name

    async def on_press(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Show it in private."""
        await think(interaction, private=True)
        embed = await training_reply.page(interaction, self.name)
        await answer(interaction, private=True, embed=embed)


class PolitenessDetailsButton(PersistentButton, template=r"courtesy:(?P<period>week|month|all)"):
    """All of what courtesy takes."""

    def __init__(self, period: str, label: str = "…") -> None:
        super().__init__(f"courtesy:{period}", label)
        self.period = period

    async def on_press(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Show it in private."""
        await think(interaction, private=True)
        embed = await politeness_reply.page(interaction, self.period)
        await answer(interaction, private=True, embed=embed)


async def setup(bot: EmpreinteBot) -> None:
    """Listen to all such buttons, also those sent before this start."""
    bot.add_dynamic_items(MethodDetailsButton, TrainingDetailsButton, PolitenessDetailsButton)
