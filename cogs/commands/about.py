"""`/about`: where the figures come from, and what they leave out; its button holds them against measurements."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client.client import EmpreinteBot
from bot.presentation import embeds
from cogs.buttons.persistent_button import PersistentButton


class ChecksButton(PersistentButton, template="about:checks"):
    """Shows our estimates beside published and measured figures, in private."""

    def __init__(self, label: str = "…") -> None:
        super().__init__("about:checks", label)

    async def on_press(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Show the checks."""
        bot = interaction.client
        embed = embeds.checks(bot.usecases.estimates.checks(), bot.locales.user(interaction))
        await interaction.response.send_message(embed=embed, ephemeral=True)


class AboutCog(commands.Cog):
    """The page about the bot."""

    def __init__(self, bot: EmpreinteBot) -> None:
        self.bot = bot

    @app_commands.command(name="about")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def about(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Answer the caller alone."""
        t = self.bot.locales.user(interaction)
        embed = embeds.about(self.bot.usecases.estimates.about(), t)
        view = discord.ui.View(timeout=None).add_item(ChecksButton(t("button.checks")))
        await interaction.response.send_message(embed=embed, view=view, ephemeral=True)


async def setup(bot: EmpreinteBot) -> None:
    """Add the command, and listen to its button, also under pages sent before this start."""
    bot.add_dynamic_items(ChecksButton)
    await bot.add_cog(AboutCog(bot))
