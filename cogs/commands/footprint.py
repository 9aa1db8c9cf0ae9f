"""`/footprint`: what an answer to a text would consume."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client.client import EmpreinteBot
from bot.presentation import zones
from bot.usecases.estimates import MAX_TEXT
from cogs.shared.autocomplete import complete_effort, complete_model, complete_zone
from cogs.shared.footprint_reply import send_footprint


class FootprintCog(commands.Cog):
    """The main command."""

    def __init__(self, bot: EmpreinteBot) -> None:
        self.bot = bot

    @app_commands.command(name="footprint")
    @app_commands.autocomplete(model=complete_model, zone=complete_zone, effort=complete_effort)
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def footprint(
        self,
        interaction: discord.Interaction[EmpreinteBot],
        text: app_commands.Range[str, 1, MAX_TEXT],
        model: str | None = None,
        zone: str | None = None,
        private: bool = False,
        effort: str | None = None,
    ) -> None:
        """Answer with the footprint, in public unless asked not to."""
        bot = self.bot
        code = zones.code_of(zone, bot.usecases.estimates.zones(), bot.locales.user(interaction)) if zone else None
        await send_footprint(interaction, text, private=private, model=model, zone=code, effort=effort)


async def setup(bot: EmpreinteBot) -> None:
    """Add the command."""
    await bot.add_cog(FootprintCog(bot))
