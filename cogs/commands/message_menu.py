"""Right-click a message → Apps → Empreinte: the footprint of an answer to that message, for the caller alone."""

import discord
from discord import app_commands

from bot.client.client import EmpreinteBot
from bot.client.message_contents import contents_of
from bot.errors import UserError
from cogs.shared.footprint_reply import send_footprint


@app_commands.context_menu(name="Empreinte")
@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
async def footprint_of_message(interaction: discord.Interaction[EmpreinteBot], message: discord.Message) -> None:
    """Answer in private: the message's author asked for nothing."""
    contents = contents_of(message)
    if not contents.text:
        raise UserError("error.no_text_in_message" if contents.not_estimated else "error.nothing_to_see")
    await send_footprint(interaction, contents.text, private=True, attachments=contents.not_estimated)


async def setup(bot: EmpreinteBot) -> None:
    """Add the menu."""
    bot.tree.add_command(footprint_of_message)
