"""Tells the channels once more that their messages are counted, when a server invites the bot again."""

import logging

import discord
from discord.ext import commands

from bot.client.client import EmpreinteBot
from bot.client.notices import places_of_return
from bot.errors import UserError
from bot.usecases.annotate import ChannelMode
from cogs.shared.channel_notice import tell_channel

log = logging.getLogger(__name__)


class ReturnNotices(commands.Cog):
    """Listens to returns. A notice that Discord refuses isn't tried again: `/settings show` says since when."""

    def __init__(self, bot: EmpreinteBot) -> None:
        self.bot = bot
        self._telling: set[int] = set()

    @commands.Cog.listener()
    async def on_guild_return(self, guild_id: int) -> None:
        """Post the notice wherever messages are counted again."""
        guild, annotate = self.bot.get_guild(guild_id), self.bot.usecases.annotate
        if guild is None or guild_id in self._telling or not self.bot.sessions.speaks_for(guild_id):
            return
        self._telling.add(guild_id)
        try:
            for row in annotate.untold(guild_id):
                await self._tell(guild, row)
            await annotate.all_told(guild_id)
        except UserError as error:
            log.warning("server %d: the notice isn't noted: %s", guild_id, error)
        finally:
            self._telling.discard(guild_id)

    async def _tell(self, guild: discord.Guild, row: ChannelMode) -> None:
        """Post one notice, in the first channel that takes it."""
        t = self.bot.locales.server(guild)
        for place in places_of_return(guild, row):
            if (await tell_channel(self.bot, row, place, t)).posted:
                return


async def setup(bot: EmpreinteBot) -> None:
    """Begin to listen."""
    await bot.add_cog(ReturnNotices(bot))
