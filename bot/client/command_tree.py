"""The commands as Discord calls them: whether one goes ahead, and where its errors end."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client.command_limits import CommandLimits
from bot.client.error_handler import ErrorHandler
from bot.errors import UserError


class CommandTree(app_commands.CommandTree[commands.AutoShardedBot]):
    """The commands, as often as one person may ask; whatever goes wrong in one ends in `ErrorHandler`."""

    def __init__(self, client: commands.AutoShardedBot, limits: CommandLimits, error_handler: ErrorHandler) -> None:
        super().__init__(client)
        self._limits, self._error_handler = limits, error_handler

    async def interaction_check(self, interaction: discord.Interaction[commands.AutoShardedBot], /) -> bool:
        """Let a command through unless the same person asks too often; a completion then offers nothing."""
        if interaction.type is discord.InteractionType.autocomplete:
            if self._limits.may_complete(interaction):
                return True
            await interaction.response.autocomplete([])
            return False
        try:
            self._limits.check(interaction)
        except UserError as error:
            await self._error_handler.handle(interaction, error)
            return False
        return True

    async def on_error(
        self, interaction: discord.Interaction[commands.AutoShardedBot], error: app_commands.AppCommandError, /
    ) -> None:
        """Hand the error over."""
        await self._error_handler.handle(interaction, error)
