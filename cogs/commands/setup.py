"""`/setup`: one form for what an admin chooses first."""

from collections import deque

import discord
from discord import app_commands
from discord.app_commands import AppCommandThread
from discord.ext import commands

from bot.client import permissions
from bot.client.answers import tell_privately
from bot.client.client import EmpreinteBot
from cogs.shared import annotate_reply
from cogs.shared.places import AnyChannel, AnyPlace
from cogs.shared.setup_form import PREFIX, SetupModal

MAX_OPEN = 1000
"""Forms remembered; an older one is told to be out of date."""


class SetupCog(commands.Cog):
    """Opens the form; one that was opened before a restart, or long ago, can't be sent any more, which is said."""

    def __init__(self, bot: EmpreinteBot) -> None:
        self.bot = bot
        self._opened = deque[str](maxlen=MAX_OPEN)

    @app_commands.command(name="setup")
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    async def setup(
        self,
        interaction: discord.Interaction[EmpreinteBot],
        channel: app_commands.Transform[AnyPlace, AnyChannel] | None = None,
    ) -> None:
        """Show the form for the channel one is in, or the one named; a thread's is its channel's."""
        permissions.require_admin(interaction)
        guild = interaction.guild
        assert guild is not None, "admins only"
        here = annotate_reply.here(interaction)
        if channel is not None:
            here = channel.parent_id if isinstance(channel, AppCommandThread) else channel.id
        form = self.bot.usecases.setups.form(guild.id, here)
        modal = SetupModal(form, interaction)
        modal.forget = self._forget
        self._opened.append(modal.custom_id)
        await interaction.response.send_modal(modal)

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Answer a form that nobody remembers."""
        if interaction.type is not discord.InteractionType.modal_submit or interaction.data is None:
            return
        custom_id = str(interaction.data.get("custom_id", ""))
        if custom_id.startswith(PREFIX) and custom_id not in self._opened:
            await tell_privately(interaction, self.bot.locales.user(interaction)("error.form_outdated"))

    def _forget(self, custom_id: str) -> None:
        if custom_id in self._opened:
            self._opened.remove(custom_id)


async def setup(bot: EmpreinteBot) -> None:
    """Add the command."""
    await bot.add_cog(SetupCog(bot))
