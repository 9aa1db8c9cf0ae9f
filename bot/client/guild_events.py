"""Notices which servers and channels come and go, so that nothing is kept of those that are gone."""

import logging
from datetime import UTC, datetime

import discord
from discord.ext import commands

from bot.ledger.ledger import Ledger

log = logging.getLogger(__name__)


class GuildEvents(commands.Cog):
    """Listens to servers and channels; data of a server that removed the bot is purged some weeks later."""

    def __init__(self, client: commands.AutoShardedBot, ledger: Ledger) -> None:
        self._client = client
        self._ledger = ledger

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Forget that we were away."""
        if self._ledger.preferences.settings(guild.id).left_at is not None:
            await self._ledger.preferences.set_server(self._ledger.writer, guild.id, left_at=None)

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Note when we left."""
        await self.left(guild.id)

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Forget the channel's choice and watermark; its totals stay."""
        if any(row.channel_id == channel.id for row in self._ledger.preferences.modes(channel.guild.id)):
            await self._ledger.preferences.drop_channel(self._ledger.writer, channel.guild.id, channel.id)
        await self._ledger.writer.forget_channel(channel.id)

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """Forget the thread's watermark; its totals stay."""
        await self._ledger.writer.forget_channel(payload.thread_id)

    async def compare(self, shard_id: int) -> None:
        """Note which of a shard's servers removed the bot, or took it back, while it was away."""
        preferences, present = self._ledger.preferences, {guild.id for guild in self._client.guilds}
        for guild_id in preferences.guilds_with_settings():
            if (guild_id >> 22) % (self._client.shard_count or 1) != shard_id:
                continue
            if guild_id not in present:
                await self.left(guild_id)
            elif preferences.settings(guild_id).left_at is not None:
                await preferences.set_server(self._ledger.writer, guild_id, left_at=None)

    async def left(self, guild_id: int) -> None:
        """Note that the server removed the bot, unless that is known."""
        preferences = self._ledger.preferences
        if guild_id in preferences.guilds_with_settings() and preferences.settings(guild_id).left_at is None:
            await preferences.set_server(self._ledger.writer, guild_id, left_at=datetime.now(UTC))
            log.info("server %d removed the bot: its data goes when retention says so", guild_id)
