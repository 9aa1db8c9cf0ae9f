"""Finds threads that were made, or woken, and archived again while the bot was away: no event tells of them.

Discord lists a channel's archived threads, the last one first, and only channel by channel: so they are looked for
after all histories were read, and slowly.
"""

from collections.abc import AsyncIterator, Container, Mapping

import discord

from bot.counting.channel_history import OVERLAP, ChannelHistory
from bot.ledger.records import Watermark
from bot.ledger.types import id_at, moment_of

MAX_LISTED = 1000
"""Threads of one channel that are looked at; where there are more, a gap is noted."""

Parent = discord.TextChannel | discord.ForumChannel
"""A channel that may have threads, media and announcement channels included."""


class ArchivedThreads:
    """Lists them within the bounds of `history`; where Discord doesn't, what may be missing is noted."""

    def __init__(self, history: ChannelHistory) -> None:
        self._history = history

    def parents(self, guild: discord.Guild) -> list[Parent]:
        """Return the server's counted channels that may have threads."""
        return [one for one in (*guild.text_channels, *guild.forums) if self._history.mode(one)]

    async def find(self, parent: Parent, marks: Mapping[int, Watermark], done: Container[int]) -> list[discord.Thread]:
        """Return a channel's archived threads, `done` ones apart, in which something isn't recorded yet."""
        seen = self._history.seen(parent, marks.get(parent.id))
        granted = parent.permissions_for(parent.guild.me)
        found: list[discord.Thread] = []
        if not granted.read_message_history:
            await self._note_unlisted(parent, seen)
            return []
        found += [one async for one in self._listed(parent, seen, private=False)]
        if granted.manage_threads and isinstance(parent, discord.TextChannel) and not parent.is_news():
            found += [one async for one in self._listed(parent, seen, private=True)]
        return [one for one in found if one.id not in done and self._history.is_behind(one, marks.get(one.id))]

    async def _listed(self, parent: Parent, seen: int, *, private: bool) -> AsyncIterator[discord.Thread]:
        """Yield those that were archived since all of the channel was recorded, within bounds."""
        since, listed, last = max(moment_of(seen) - OVERLAP, self._history.oldest()), 0, None
        async for thread in _archived(parent, private=private):
            if thread.archive_timestamp < since:
                return
            listed, last = listed + 1, thread
            yield thread
        if last is not None and listed >= MAX_LISTED:
            await self._history.leave_gap(parent.id, parent.guild.id, seen, id_at(last.archive_timestamp))

    async def _note_unlisted(self, parent: Parent, seen: int) -> None:
        """Note that threads may be missing, if anything was written there."""
        newest = self._history.newest(parent)
        if newest > seen and parent.guild.get_thread(newest) is None:
            await self._history.leave_gap(parent.id, parent.guild.id, seen, newest)


def _archived(parent: Parent, *, private: bool) -> AsyncIterator[discord.Thread]:
    if isinstance(parent, discord.ForumChannel):  # it knows no private ones
        return parent.archived_threads(limit=MAX_LISTED)
    return parent.archived_threads(limit=MAX_LISTED, private=private)
