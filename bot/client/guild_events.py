"""Notices which servers and channels come and go, so that nothing is kept of those that are gone.

A server comes when Discord says that it is there: with the session, late, back from an outage, or as the bot is
invited. Whatever it says of one server, and whatever goes wrong with it, concerns that server alone.
"""

import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable

import discord
from discord.ext import commands

from bot.counting.backfill import Backfill
from bot.counting.channels import forget_channel, shard_of
from bot.counting.membership import Membership
from bot.counting.unknown_channels import UnknownChannels
from bot.errors import UserError
from bot.ledger.ledger import Ledger

log = logging.getLogger(__name__)


class GuildEvents(commands.Cog):
    """Listens to servers and channels; data of a server that removed the bot is purged some weeks later."""

    def __init__(
        self,
        client: commands.AutoShardedBot,
        ledger: Ledger,
        membership: Membership,
        backfill: Backfill,
        unknown_channels: UnknownChannels,
    ) -> None:
        self._client, self._ledger, self._membership = client, ledger, membership
        self._backfill, self._unknown = backfill, unknown_channels
        self._arrived: defaultdict[int, set[int]] = defaultdict(set)

    # Sessions

    @commands.Cog.listener()
    async def on_shard_connect(self, shard_id: int) -> None:
        """Hold the shard's watermarks: a new session's events come next, and what came before may be missing."""
        self._arrived[shard_id].clear()
        self._ledger.writer.holds.hold_where(lambda guild_id: self._shard_of(guild_id) == shard_id)

    @commands.Cog.listener()
    async def on_shard_ready(self, shard_id: int) -> None:
        """Note which of a shard's servers removed the bot while it was away. Late ones are listed all the same.

        Nothing is known of a shard that another process has taken over meanwhile.
        """
        if self._client.shard_ids is not None and shard_id not in self._client.shard_ids:
            return
        present = self._listed(shard_id)
        for guild_id in self._ledger.preferences.guilds_with_settings():
            if self._shard_of(guild_id) == shard_id and guild_id not in present:
                await self._safely(guild_id, self._membership.absent)

    # Servers

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Read what was missed: the server is there, with a session, late, or after an outage."""
        self._comes(guild)

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Begin: the bot was invited, for the first time or again."""
        self._comes(guild)

    @commands.Cog.listener()
    async def on_guild_unavailable(self, guild: discord.Guild) -> None:
        """Hold the server's watermarks: it has an outage, and what is written meanwhile may be missing."""
        self._ledger.writer.holds.hold(guild.id)

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Note when we left, and read no more there."""
        self._arrived[guild.shard_id].discard(guild.id)
        self._ledger.writer.holds.forget_guild(guild.id)
        await self._safely(guild.id, self._membership.removed)

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Note that a server is in use, also where only the commands were added."""
        if interaction.guild_id is not None and interaction.is_guild_integration():
            await self._safely(interaction.guild_id, self._membership.used)

    # Channels

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Forget the channel's choice and watermark; its totals stay."""
        self._unknown.forget(channel.id)
        await forget_channel(self._ledger, channel.guild.id, channel.id)

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """Forget the thread's watermark; its totals stay."""
        self._unknown.forget(payload.thread_id)
        await forget_channel(self._ledger, payload.guild_id, payload.thread_id)

    def _comes(self, guild: discord.Guild) -> None:
        self._arrived[guild.shard_id].add(guild.id)
        self._backfill.want(guild.id)

    def _listed(self, shard_id: int) -> set[int]:
        """Return the servers that the shard's session has.

        After a lost session discord.py still knows those that were removed meanwhile: they aren't awaited, nor did
        they come.
        """
        arrived = self._arrived[shard_id]
        mine = [guild for guild in self._client.guilds if guild.shard_id == shard_id]
        for guild in mine:
            if not guild.unavailable and guild.id not in arrived:
                self._client._connection._remove_guild(guild)  # noqa: SLF001 - discord.py offers no other way
        return {guild.id for guild in mine if guild.unavailable or guild.id in arrived}

    def _shard_of(self, guild_id: int) -> int:
        return shard_of(guild_id, self._client.shard_count)

    async def _safely(self, guild_id: int, note: Callable[[int], Awaitable[None]]) -> None:
        """Keep a database in trouble with one server from the others; the next session brings it up again."""
        try:
            await note(guild_id)
        except UserError as error:
            log.warning("server %d: its coming or going couldn't be noted: %s", guild_id, error)
