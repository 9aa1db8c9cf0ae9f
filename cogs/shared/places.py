"""Options for channels."""

import discord
from discord import app_commands
from discord.app_commands import AppCommandChannel, AppCommandThread

from bot.client import permissions

AnyPlace = AppCommandChannel | AppCommandThread


class AnyChannel(app_commands.Transformer):
    """Takes every channel with messages; threads too, to offer what they follow."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """It is an option for channels."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """Return what Discord offers: it doesn't know media channels here, which follow the whole server."""
        known = (*permissions.WITH_MESSAGES, *permissions.THREADS)
        return [one for one in known if one is not discord.ChannelType.media]

    async def transform(self, interaction: discord.Interaction[discord.Client], value: AnyPlace, /) -> AnyPlace:
        """Return it as it is."""
        return value


class PostingChannel(AnyChannel):
    """Takes text channels alone."""

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """Return what Discord offers."""
        return list(permissions.POSTING)
