"""Takes back what was said of messages that are deleted."""

import discord
from discord.ext import commands

from bot.client.client import EmpreinteBot


class MessageDeletions(commands.Cog):
    """Listens to deletions, of messages that the bot never kept."""

    def __init__(self, bot: EmpreinteBot) -> None:
        self.bot = bot

    @commands.Cog.listener()
    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """One message is gone."""
        await self.bot.annotator.on_message_deleted(payload.channel_id, payload.message_id)

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Several are gone."""
        for message_id in payload.message_ids:
            await self.bot.annotator.on_message_deleted(payload.channel_id, message_id)


async def setup(bot: EmpreinteBot) -> None:
    """Begin to listen."""
    await bot.add_cog(MessageDeletions(bot))
