"""`/annotate`: where messages are counted."""

import discord
from discord import app_commands
from discord.app_commands import AppCommandThread
from discord.ext import commands

from bot.client import permissions
from bot.client.client import EmpreinteBot
from bot.usecases.annotate import MAX_MIN_TOKENS, MODES
from cogs.buttons.annotate_buttons import offer_channel, view_of
from cogs.shared import annotate_reply
from cogs.shared.option_choices import offered
from cogs.shared.places import AnyChannel, AnyPlace


class AnnotateCog(commands.Cog):
    """Turning counting on and off."""

    def __init__(self, bot: EmpreinteBot) -> None:
        self.bot = bot

    async def interaction_check(  # pyright: ignore[reportIncompatibleMethodOverride] - there is one client only
        self, interaction: discord.Interaction[EmpreinteBot], /
    ) -> bool:
        """Let admins through."""
        permissions.require_admin(interaction)
        return True

    @app_commands.command(name="annotate")
    @app_commands.choices(mode=offered(MODES))
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    async def annotate(
        self,
        interaction: discord.Interaction[EmpreinteBot],
        mode: str,
        channel: app_commands.Transform[AnyPlace, AnyChannel] | None = None,
        min_tokens: app_commands.Range[int, 0, MAX_MIN_TOKENS] | None = None,
    ) -> None:
        """Answer the admin alone, for the channel one is in where none is named; tell it when counting starts."""
        if isinstance(channel, AppCommandThread):
            await offer_channel(interaction, channel.parent_id, mode, min_tokens)
            return
        place = channel.id if channel else annotate_reply.here(interaction)
        done, notice = await annotate_reply.annotate(interaction, place, mode, min_tokens)
        await annotate_reply.send(interaction, done, notice, view_of(interaction, done, min_tokens))


async def setup(bot: EmpreinteBot) -> None:
    """Add the command."""
    await bot.add_cog(AnnotateCog(bot))
