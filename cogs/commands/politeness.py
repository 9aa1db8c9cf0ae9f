"""`/politeness`: what a server's courtesy takes."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import locales
from bot.client.client import EmpreinteBot
from bot.estimation.facts.politeness_facts import PolitenessFacts
from bot.ledger.periods import WEEK
from bot.presentation import embeds, politeness
from cogs.shared.board_request import board_request, boards_of
from cogs.shared.option_choices import PERIODS


class PolitenessCog(commands.Cog):
    """The politeness tax."""

    def __init__(self, bot: EmpreinteBot, known: PolitenessFacts) -> None:
        self.bot = bot
        self.known = known

    @app_commands.command(
        name="politeness", description="The politeness tax: what every “please” and “thank you” takes"
    )
    @app_commands.describe(period="This week by default")
    @app_commands.choices(period=PERIODS)
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    async def politeness(self, interaction: discord.Interaction[EmpreinteBot], period: str = WEEK) -> None:
        """Answer in public."""
        tax = await boards_of(self.bot).tax(board_request(interaction, period), self.known)
        t = self.bot.catalogues.translator(locales.answer_locale(interaction, private=False))
        text = "\n".join(politeness.lines(tax, t))
        embed = embeds.sections(politeness.title(tax, t), text, politeness.sections(tax, t))
        await interaction.response.send_message(embed=embed)


async def setup(bot: EmpreinteBot) -> None:
    """Add the command; `ConfigError` when its facts can't be read."""
    await bot.add_cog(PolitenessCog(bot, PolitenessFacts.load(bot.settings.config_dir)))
