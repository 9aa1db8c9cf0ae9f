"""Whether an annotation may still be sent: asked when its turn comes, for much may have changed since it came."""

import logging

import discord

from bot.annotating import required_permissions
from bot.annotating.breaker import Breaker
from bot.annotating.channel_queue import ChannelQueue
from bot.annotating.pending_annotation import PendingAnnotation
from bot.counting.effective_settings import EffectiveSettings
from bot.ledger.records import SILENT

log = logging.getLogger(__name__)


class SendChecks:
    """What admins, authors and Discord's permissions allow now. Nothing here asks Discord."""

    def __init__(self, client: discord.AutoShardedClient, effective: EffectiveSettings, breaker: Breaker) -> None:
        self._client, self._preferences, self._breaker = client, effective.preferences, breaker

    def still_wanted(self, queue: ChannelQueue, pending: PendingAnnotation) -> bool:
        """Tell whether nobody has said otherwise since the message came."""
        return self.still_on(queue, pending) and self.may_be_named(pending)

    def still_on(self, queue: ChannelQueue, pending: PendingAnnotation) -> bool:
        """Tell whether annotations are still on there; what waits in a mode that was left is let go."""
        mode = self._preferences.mode_of(pending.guild_id, pending.channel_id, pending.parent_id)
        queue.follow(mode.mode if mode is not None else SILENT)
        return mode is not None and mode.mode != SILENT

    def may_be_named(self, pending: PendingAnnotation) -> bool:
        """Tell whether the author takes part, and doesn't mind."""
        author = pending.author_id
        return not self._preferences.opted_out(author, pending.message_id) and not self._preferences.quiet(author)

    def may_send(self, pending: PendingAnnotation, mode: str, now: float) -> bool:
        """Tell whether the bot has what it takes there; ask no one."""
        guild = self._client.get_guild(pending.guild_id)
        channel = guild.get_channel_or_thread(pending.channel_id) if guild else None
        lacks = required_permissions.missing(channel, mode) if channel is not None else ()
        if not lacks:
            self._breaker.has_all(pending.channel_id)
            return self._breaker.allows(pending.channel_id, now)
        if self._breaker.lacks(pending.guild_id, pending.channel_id, lacks[0], now):
            log.info("channel %d: no annotations, %s is missing", pending.channel_id, lacks[0])
        return False
