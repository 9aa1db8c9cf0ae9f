"""What members and channels are called: looked up within limits, and remembered for a few minutes."""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence

import aiohttp
import discord

from bot.client.guild_views import GuildViews
from bot.counting.bounded_dict import BoundedDict
from bot.errors import reason
from bot.ledger.records import MEMBERS

log = logging.getLogger(__name__)

KEPT_SECONDS = 600.0
LOOKUP_SECONDS = 3.0
"""How long Discord may take for all names of one answer."""

MAX_MEMBERS_PER_QUERY = 100
"""Members that Discord takes in one query by id
(https://docs.discord.com/developers/events/gateway-events#request-guild-members)."""

MAX_LEFT = 10
"""People who left that Discord is asked about for one answer: one request each."""

MAX_PER_MINUTE = 30
"""Queries for members: a connection to the gateway takes 120 frames a minute, heartbeats and presence included."""

UNREACHABLE = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError, TimeoutError, ConnectionError)


class Names:
    """Names by id: None for people whom Discord doesn't know any more; who couldn't be looked up is left out."""

    def __init__(self, client: discord.Client, views: GuildViews, clock: Callable[[], float] = time.monotonic) -> None:
        self._client, self._views, self._clock = client, views, clock
        self._known = BoundedDict[tuple[int, int], tuple[float, str | None]](5_000)
        self._queries = deque[float](maxlen=MAX_PER_MINUTE)

    async def members(self, guild: discord.Guild | None, ids: Iterable[int]) -> dict[int, str | None]:
        """Return names of members as this server shows them, of people who left as Discord still names them."""
        wanted = list(dict.fromkeys(ids))
        if guild is None:
            return {}
        missing = [one for one in wanted if not self._is_fresh(guild.id, one)]
        try:
            async with asyncio.timeout(LOOKUP_SECONDS):
                await self._look_up(guild, missing)
        except UNREACHABLE as error:
            log.info("names can't be looked up: %s", reason(error))
        found = ((one, self._known.get((guild.id, one))) for one in wanted)
        return {one: known[1] for one, known in found if known is not None}

    def channels(self, guild: discord.Guild | None, ids: Iterable[int]) -> dict[int, str]:
        """Return names of channels and threads that are still there, as far as they are known."""
        found = [self._views.known_channel(guild, one) for one in ids] if guild is not None else []
        return {one.id: one.name for one in found if one is not None}

    async def of_board(self, guild: discord.Guild | None, by: str, ids: Iterable[int]) -> dict[int, str | None]:
        """Return the names of a board's members or channels."""
        return await self.members(guild, ids) if by == MEMBERS else dict(self.channels(guild, ids))

    async def _look_up(self, guild: discord.Guild, ids: Sequence[int]) -> None:
        for first in range(0, len(ids), MAX_MEMBERS_PER_QUERY):
            some = ids[first : first + MAX_MEMBERS_PER_QUERY]
            if not self._may_query():
                return
            members = await guild.query_members(user_ids=list(some), limit=len(some), cache=False)
            for member in members:
                self._note(guild.id, member.id, member.display_name)
            here = {member.id for member in members}
            for user_id in [one for one in some if one not in here][:MAX_LEFT]:
                self._note(guild.id, user_id, await self._name_of_user(user_id))

    async def _name_of_user(self, user_id: int) -> str | None:
        try:
            return (await self._client.fetch_user(user_id)).display_name
        except discord.NotFound:
            return None

    def _note(self, guild_id: int, user_id: int, name: str | None) -> None:
        self._known.put((guild_id, user_id), (self._clock() + KEPT_SECONDS, name))

    def _is_fresh(self, guild_id: int, user_id: int) -> bool:
        known = self._known.get((guild_id, user_id))
        return known is not None and self._clock() < known[0]

    def _may_query(self) -> bool:
        now = self._clock()
        if len(self._queries) == MAX_PER_MINUTE and now - self._queries[0] < 60:
            return False
        self._queries.append(now)
        return True
