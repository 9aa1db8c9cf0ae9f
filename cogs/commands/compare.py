"""`/compare`: the same text answered by several models, or two texts by the same."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client.client import EmpreinteBot
from bot.usecases.estimates import MAX_TEXT
from cogs.shared.autocomplete import complete_models
from cogs.shared.comparison_reply import send_comparison, send_phrasings


class CompareCog(commands.Cog):
    """The comparison of models."""

    def __init__(self, bot: EmpreinteBot) -> None:
        self.bot = bot

    @app_commands.command(name="compare")
    @app_commands.autocomplete(models=complete_models)
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def compare(
        self,
        interaction: discord.Interaction[EmpreinteBot],
        text: app_commands.Range[str, 1, MAX_TEXT],
        models: app_commands.Range[str, 0, 500] = "",
        second_text: app_commands.Range[str, 1, MAX_TEXT] | None = None,
    ) -> None:
        """Answer in public: several models on one text, or one model on two."""
        if second_text is not None:
            await send_phrasings(interaction, text, second_text, models)
            return
        await send_comparison(interaction, self.bot.usecases.estimates.compare(text, models), private=False)


async def setup(bot: EmpreinteBot) -> None:
    """Add the command."""
    await bot.add_cog(CompareCog(bot))
