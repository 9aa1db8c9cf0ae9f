"""`/privacy`: what is kept of the caller, and their rights over it. All answers are private."""

import io
from typing import cast

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import locales
from bot.client.client import EmpreinteBot
from bot.errors import UserError
from bot.presentation import embeds
from bot.presentation import privacy as worded
from bot.presentation.translator import Translator
from bot.usecases import privacy
from bot.usecases.exports import Exports
from cogs.buttons import confirmation, erase_button, quiet_button
from cogs.buttons.erase_button import EraseButton


@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
class PrivacyCog(commands.GroupCog, name="privacy", description="What is kept about you, and your rights"):
    """One command for each right."""

    def __init__(self, bot: EmpreinteBot) -> None:
        self.bot = bot
        self.exports = Exports(bot.ledger.engine)

    @app_commands.command(name="show", description="What is kept about you")
    async def show(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Show it in numbers."""
        t = await self._thinking(interaction)
        standing = await privacy.standing(self.bot.ledger, interaction.user.id, self.bot.estimates.estimator.retention)
        text, parts = worded.summary(standing, t), worded.sections(standing, t)
        embed = embeds.sections(t("privacy.title"), text, parts)
        view = quiet_button.view(t, quiet=not standing.quiet)
        await interaction.followup.send(embed=embed, view=view, ephemeral=True)

    @app_commands.command(name="export", description="Your data in a file, for you alone")
    async def export(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Send the file."""
        if not interaction.app_permissions.attach_files:
            raise UserError("error.cannot_attach")
        t = await self._thinking(interaction)
        name, content = await self.exports.export(
            interaction.user.id, interaction.created_at, interaction.filesize_limit
        )
        with content:
            file = discord.File(cast("io.BufferedIOBase", content), name)  # any file that can be read and rewound
            await interaction.followup.send(t("privacy.export"), file=file, ephemeral=True)

    @app_commands.command(name="optout", description="Count none of your messages any more, in any server")
    async def optout(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Record nothing more of the caller, and offer to erase what there is."""
        t = await self._thinking(interaction)
        user_id = interaction.user.id
        await self.bot.ledger.preferences.opt_out(self.bot.ledger.writer, user_id, interaction.created_at)
        view = confirmation.alone(EraseButton("ask", user_id, t("privacy.erase.ask")))
        await interaction.followup.send(t("privacy.optout"), view=view, ephemeral=True)

    @app_commands.command(name="optin", description="Count and annotate your messages again")
    async def optin(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Undo the opt-out, and the lighter choice not to be annotated."""
        t = await self._thinking(interaction)
        await privacy.opt_in(self.bot.ledger, interaction.user.id, interaction.created_at)
        await interaction.followup.send(t("privacy.optin"), ephemeral=True)

    @app_commands.command(name="erase", description="Erase your data (to be confirmed)")
    async def erase(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Say what will be erased, and ask."""
        await erase_button.ask(interaction)

    async def _thinking(self, interaction: discord.Interaction[EmpreinteBot]) -> Translator:
        """Gain time for the database, and return the caller's words."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        return self.bot.catalogues.translator(locales.user_locale(interaction))


async def setup(bot: EmpreinteBot) -> None:
    """Add the commands, and listen to the button, also under questions asked before this start."""
    bot.add_dynamic_items(EraseButton)
    await bot.add_cog(PrivacyCog(bot))
