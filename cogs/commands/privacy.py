"""`/privacy`: what is kept of the caller, and their rights over it. All answers are private."""

import io
from typing import cast

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import confirmations
from bot.client.answers import answer, think
from bot.client.client import EmpreinteBot
from bot.errors import UserError
from bot.presentation import embeds
from bot.presentation.translator import Translator
from cogs.buttons import erase_button, quiet_button
from cogs.buttons.erase_button import EraseButton


@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
class PrivacyCog(commands.GroupCog, name="privacy"):
    """One command for each right."""

    def __init__(self, bot: EmpreinteBot) -> None:
        self.bot = bot

    @app_commands.command(name="show")
    async def show(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Show it in numbers."""
        t = await self._thinking(interaction)
        data = await self.bot.usecases.privacy.stored(interaction.user.id)
        view = quiet_button.view(t, quiet=not data.person.quiet)
        await answer(interaction, private=True, embed=embeds.privacy(data, t), view=view)

    @app_commands.command(name="export")
    async def export(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Send the file."""
        if not interaction.app_permissions.attach_files:
            raise UserError("error.cannot_attach")
        t = await self._thinking(interaction)
        name, content = await self.bot.usecases.exports.export(
            interaction.user.id, interaction.created_at, interaction.filesize_limit
        )
        with content:
            file = discord.File(cast("io.BufferedIOBase", content), name)  # any file that can be read and rewound
            await answer(interaction, private=True, content=t("privacy.export"), file=file)

    @app_commands.command(name="optout")
    async def optout(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Record nothing more of the caller, and offer to erase what there is."""
        t = await self._thinking(interaction)
        user_id = interaction.user.id
        await self.bot.usecases.privacy.opt_out(user_id, interaction.created_at)
        view = confirmations.alone(EraseButton("ask", user_id, t("privacy.erase.ask")))
        await answer(interaction, private=True, content=t("privacy.optout"), view=view)

    @app_commands.command(name="optin")
    async def optin(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Undo the opt-out, and the lighter choice not to be annotated."""
        t = await self._thinking(interaction)
        await self.bot.usecases.privacy.opt_in(interaction.user.id, interaction.created_at)
        await answer(interaction, private=True, content=t("privacy.optin"))

    @app_commands.command(name="erase")
    async def erase(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Say what will be erased, and ask."""
        await erase_button.ask(interaction)

    async def _thinking(self, interaction: discord.Interaction[EmpreinteBot]) -> Translator:
        """Gain time for the database, and return the caller's words."""
        await think(interaction, private=True)
        return self.bot.locales.user(interaction)


async def setup(bot: EmpreinteBot) -> None:
    """Add the commands, and listen to the button, also under questions asked before this start."""
    bot.add_dynamic_items(EraseButton)
    await bot.add_cog(PrivacyCog(bot))
