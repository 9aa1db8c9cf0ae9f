"""Where the bot is a member, was one, or is one again; having only the commands, or an outage, is neither.

`joined_at` is Discord's word for the present membership. What a server wrote before it isn't downtime: it had removed
the bot, also where nobody saw that.
"""

import logging
from datetime import datetime

from bot.counting.clock import DiscordClock
from bot.ledger.ledger import Ledger
from bot.ledger.records import OFF
from bot.ledger.types import id_at

log = logging.getLogger(__name__)


class Membership:
    """Notes comings and goings in the servers that something is kept of."""

    def __init__(self, ledger: Ledger, clock: DiscordClock) -> None:
        self._ledger, self._clock = ledger, clock

    async def arrived(self, guild_id: int, joined_at: datetime | None) -> None:
        """Note that the bot is a member; where it wasn't all along, counting begins anew with `joined_at`."""
        preferences, writer = self._ledger.preferences, self._ledger.writer
        known = preferences.settings(guild_id)
        since = joined_at or (self._clock.now() if known.left_at else None) or known.joined_at
        if since is None:
            return
        since = since.replace(microsecond=since.microsecond // 1000 * 1000)  # as it is stored
        preferences.joined[guild_id] = since
        if guild_id not in preferences.guilds_with_settings():
            return
        if any(row.mode != OFF and row.since_id < id_at(since) for row in preferences.modes(guild_id)):
            log.info("server %d invited the bot again: counting begins anew there", guild_id)
            await preferences.come_back(writer, guild_id, id_at(since), since)
        elif known.left_at is not None or known.joined_at != since:
            await preferences.set_server(writer, guild_id, left_at=None, joined_at=since)

    async def removed(self, guild_id: int) -> None:
        """Note that the server removed the bot, unless that is known."""
        preferences = self._ledger.preferences
        joined = preferences.joined.pop(guild_id, None)
        known = preferences.settings(guild_id)
        if guild_id in preferences.guilds_with_settings() and known.left_at is None:
            now = self._clock.now()
            joined = known.joined_at or joined or now
            await preferences.set_server(self._ledger.writer, guild_id, left_at=now, joined_at=joined)
            log.info("server %d removed the bot: its data goes in 30 days", guild_id)

    async def absent(self, guild_id: int) -> None:
        """Note that Discord doesn't list the server; where the bot never was a member, that says nothing."""
        if self._ledger.preferences.settings(guild_id).joined_at is not None:
            await self.removed(guild_id)

    async def used(self, guild_id: int) -> None:
        """Note that somebody uses the bot's commands in the server: its data isn't abandoned."""
        if self._ledger.preferences.settings(guild_id).left_at is not None:
            await self._ledger.preferences.set_server(self._ledger.writer, guild_id, left_at=None)
