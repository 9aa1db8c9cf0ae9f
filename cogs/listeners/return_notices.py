"""Tells the channels once more that their messages are counted, when a server invites the bot again."""

import itertools
import logging
from collections.abc import Iterator

import discord
from discord.ext import commands

from bot.client import locales
from bot.client.client import EmpreinteBot
from bot.errors import UserError
from bot.ledger.records import OFF, SILENT, WHOLE_SERVER, ChannelMode
from bot.presentation import server_settings as worded
from bot.usecases import server_settings
from cogs.buttons import quiet_button

log = logging.getLogger(__name__)

MAX_PLACES = 3
"""Channels in which a notice is tried."""

Place = discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.Thread


class ReturnNotices(commands.Cog):
    """Listens to returns. A notice that Discord refuses isn't tried again: `/settings show` says since when."""

    def __init__(self, bot: EmpreinteBot) -> None:
        self.bot = bot
        self._telling: set[int] = set()

    @commands.Cog.listener()
    async def on_guild_return(self, guild_id: int) -> None:
        """Post the notice wherever messages are counted again."""
        guild = self.bot.get_guild(guild_id)
        if guild is None or guild_id in self._telling:
            return
        self._telling.add(guild_id)
        ledger = self.bot.ledger
        try:
            for row in ledger.preferences.modes(guild_id):
                if row.mode != OFF and row.notice_id is None:
                    await self._tell(guild, row)
            await ledger.preferences.set_server(ledger.writer, guild_id, notice_due=None)
        except UserError as error:
            log.warning("server %d: the notice isn't noted: %s", guild_id, error)
        finally:
            self._telling.discard(guild_id)

    async def _tell(self, guild: discord.Guild, row: ChannelMode) -> None:
        """Post one notice, in the first channel that takes it."""
        community = guild.preferred_locale.value if "COMMUNITY" in guild.features else None
        locale = locales.settings_locale(self.bot.ledger.preferences.settings(guild.id), community)
        t, shows = self.bot.catalogues.translator(locale), row.mode != SILENT
        for place in _places(guild, row):
            text = worded.told(row.channel_id, place.id, t, shows=shows)
            try:
                notice = await (place.send(text, view=quiet_button.view(t)) if shows else place.send(text))
            except discord.HTTPException as error:
                log.info("no notice in channel %d: %s", place.id, error)
            else:
                await server_settings.keep_notice(self.bot.ledger, row, place.id, notice.id)
                return


def _places(guild: discord.Guild, row: ChannelMode) -> Iterator[Place]:
    """Yield where the notice may go: where it was, the channel itself, the server's own, or any that all may read."""
    usual = (guild.get_channel_or_thread(one) for one in (row.notice_channel_id, row.channel_id) if one)
    readable = (one for one in guild.text_channels if one.permissions_for(guild.default_role).view_channel)
    others = (guild.system_channel, *readable) if row.channel_id == WHOLE_SERVER else ()
    candidates = dict.fromkeys(one for one in (*usual, *others) if isinstance(one, Place))
    return itertools.islice((one for one in candidates if _may_send(one)), MAX_PLACES)


def _may_send(place: Place) -> bool:
    try:
        granted = place.permissions_for(place.guild.me)
    except discord.ClientException:
        return True
    needed = granted.send_messages_in_threads if isinstance(place, discord.Thread) else granted.send_messages
    return granted.view_channel and needed


async def setup(bot: EmpreinteBot) -> None:
    """Begin to listen."""
    await bot.add_cog(ReturnNotices(bot))
