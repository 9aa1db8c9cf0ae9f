"""What Discord shows of a server: to everybody, or to who asks."""

import logging
import time
from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import Any

import discord
from discord.abc import GuildChannel

from bot.annotating.annotator import Annotator
from bot.client.invite_link import invite_link
from bot.client.permissions import counted, is_member, may_view, state
from bot.counting.bounded_dict import BoundedDict
from bot.counting.effective_settings import community_locale
from bot.errors import reason
from bot.ledger.preferences import Preferences
from bot.ledger.records import OFF, WHOLE_SERVER, ChannelMode
from bot.usecases.boards import Visible
from bot.usecases.records.server import ServerView, State

log = logging.getLogger(__name__)

Reader = discord.Member | discord.Role

MAX_LOOKUPS = 5
"""Channels that Discord is asked about for one answer, such as threads that went to sleep."""

KEPT_SECONDS = 600.0


class GuildViews:
    """Looks at servers through the client's cache, and asks Discord for a little more."""

    def __init__(
        self,
        client: discord.Client,
        preferences: Preferences,
        annotator: Annotator,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client, self._preferences, self._annotator, self._clock = client, preferences, annotator, clock
        self._looked_up = BoundedDict[int, tuple[float, discord.Thread | GuildChannel | None]](2_000)

    def visible(self, interaction: discord.Interaction[Any], *, private: bool) -> Visible:
        """Return what tells which channels the readers of an answer may see: who asks, or everybody."""
        return partial(self._visible, interaction.guild, self._reader(interaction, private=private))

    async def channel(self, guild: discord.Guild, channel_id: int) -> discord.Thread | GuildChannel | None:
        """Return a channel or thread, None for one that isn't there or that we don't see."""
        return guild.get_channel_or_thread(channel_id) or await self._look_up(guild, channel_id)

    def known_channel(self, guild: discord.Guild, channel_id: int) -> discord.Thread | GuildChannel | None:
        """Return a channel or thread that we know of, without asking Discord."""
        _, found = self._looked_up.get(channel_id) or (0.0, None)
        return guild.get_channel_or_thread(channel_id) or found

    def hidden(self, interaction: discord.Interaction[Any]) -> set[int]:
        """Return the channels that who asks may not see."""
        guild, reader = interaction.guild, self._reader(interaction, private=True)
        if guild is None or reader is None:
            return set()
        return {one.id for one in (*guild.channels, *guild.threads) if not may_view(one, reader)}

    def state(self, guild: discord.Guild, row: ChannelMode | None = None) -> State:
        """Return what keeps the bot from counting, in all channels or in those that a choice concerns."""
        content = self._client.intents.message_content
        if row is None:
            return state(counted(guild, self._preferences), self._preferences, message_content=content)
        if row.mode == OFF:
            return State()
        concerned = [one for one in counted(guild, self._preferences) if row.channel_id in (WHOLE_SERVER, one.id)]
        return state(concerned, self._preferences, message_content=content)

    async def server(self, interaction: discord.Interaction[Any], own: Sequence[int]) -> ServerView:
        """Return what `/settings show` needs; `own` are the channels with a choice of their own."""
        guild = interaction.guild
        assert guild is not None, "checked before"
        member = is_member(interaction)
        looked_for = own if member and not guild.unavailable else ()
        return ServerView(
            server=guild.name,
            community=community_locale(guild.features, guild.preferred_locale.value),
            gone={one for one in looked_for if guild.get_channel(one) is None and await self._is_gone(one)},
            paused=self._annotator.paused(guild.id),
            hidden=self.hidden(interaction),
            state=self.state(guild),
            invite=None if member else str(invite_link(interaction.application_id, guild.id)),
            outage=guild.unavailable,
        )

    def _reader(self, interaction: discord.Interaction[Any], *, private: bool) -> Reader | None:
        if interaction.guild is None:
            return None
        if not private:
            return interaction.guild.default_role
        return interaction.user if isinstance(interaction.user, discord.Member) else None

    async def _visible(self, guild: discord.Guild | None, reader: Reader | None, ids: Sequence[int]) -> Collection[int]:
        if guild is None or reader is None:
            return ()
        if isinstance(reader, discord.Member) and reader.guild_permissions.administrator:
            return ids
        found = [(one, self.known_channel(guild, one)) for one in ids]
        unknown = [one for one, channel in found if channel is None and not self._is_fresh(one)][:MAX_LOOKUPS]
        found += [(one, await self._look_up(guild, one)) for one in unknown]
        return {one for one, channel in found if channel is not None and may_view(channel, reader)}

    async def _look_up(self, guild: discord.Guild, channel_id: int) -> discord.Thread | GuildChannel | None:
        if self._is_fresh(channel_id):
            return self.known_channel(guild, channel_id)
        found = None
        try:
            found = await guild.fetch_channel(channel_id)
        except (discord.NotFound, discord.Forbidden, discord.InvalidData):
            pass
        except (discord.HTTPException, discord.RateLimited, OSError) as error:
            log.info("channel %d can't be looked up: %s", channel_id, reason(error))
        self._looked_up.put(channel_id, (self._clock() + KEPT_SECONDS, found))
        return found

    def _is_fresh(self, channel_id: int) -> bool:
        until, _ = self._looked_up.get(channel_id) or (0.0, None)
        return self._clock() < until

    async def _is_gone(self, channel_id: int) -> bool:
        try:
            await self._client.fetch_channel(channel_id)
        except discord.NotFound:
            return True
        except (discord.HTTPException, discord.RateLimited):
            pass  # out of sight, or Discord has a bad day: it may still be there
        return False
