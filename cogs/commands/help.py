"""`/help`: the commands on one page, for the caller alone."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client.client import EmpreinteBot
from bot.presentation import commands as worded
from bot.presentation import embeds


class HelpCog(commands.Cog):
    """The list of commands, as Discord was told of them."""

    def __init__(self, bot: EmpreinteBot) -> None:
        self.bot = bot

    @app_commands.command(name="help")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def help(self, interaction: discord.Interaction[EmpreinteBot]) -> None:
        """Show the page."""
        t = self.bot.locales.user(interaction)
        known = {
            one.name: _parts(one) if isinstance(one, app_commands.Group) else []
            for one in self.bot.tree.get_commands(type=discord.AppCommandType.chat_input)
        }
        embed = embeds.sections(t("help.title"), t("help.text"), worded.sections(known, t))
        await interaction.response.send_message(embed=embed, ephemeral=True)


def _parts(group: app_commands.Group) -> list[str]:
    """Return its subcommands, those of a group in it included ("ai-bot add")."""
    whole = [one for one in group.walk_commands() if not isinstance(one, app_commands.Group)]
    return [one.qualified_name.removeprefix(f"{group.name} ") for one in whole]


async def setup(bot: EmpreinteBot) -> None:
    """Add the command."""
    await bot.add_cog(HelpCog(bot))
