"""Which watermarks may follow the entries, and which must stand still because something before them is missing."""

from collections.abc import Callable, Iterable

Session = tuple[int, int]
"""How often everything, and how often this server, was held."""


class WatermarkHolds:
    """Held servers and channels. Their entries are recorded all the same; only the watermarks stand still.

    A server is held from the moment its events may be missing (`hold`) until its history was read (`settle`). A
    channel is held by name while its own history is missing. Nothing of this needs to be stored: what stands still
    in the database is read again after a restart.
    """

    def __init__(self) -> None:
        self._all = False
        self._times_all = 0
        self._times: dict[int, int] = {}
        self._settled: set[int] = set()
        self._unsettled: set[int] = set()
        self._held: dict[int, int] = {}
        self._guilds: dict[int, int] = {}
        self._released: dict[int, set[int]] = {}
        self._dropped: dict[int, int] = {}

    @property
    def held(self) -> frozenset[int]:
        """Return the channels whose history must be read before their watermark moves."""
        return frozenset(self._held)

    def held_in(self, guild_id: int) -> frozenset[int]:
        """Return the held channels of a server."""
        return frozenset(one for one in self._held if self._guilds.get(one) == guild_id)

    def guilds_of_held(self) -> frozenset[int]:
        """Return the servers that have held channels."""
        return frozenset(self._guilds[one] for one in self._held if one in self._guilds)

    def is_settled(self, guild_id: int) -> bool:
        """Tell whether a server's history was read since it was held last."""
        return guild_id in self._settled if self._all else guild_id not in self._unsettled

    def hold_all(self) -> None:
        """Hold every server, known or not."""
        self._all = True
        self._times_all += 1
        self._settled.clear()
        self._unsettled.clear()
        self._released.clear()

    def hold_where(self, concerns: Callable[[int], bool]) -> None:
        """Hold the servers of which this is true."""
        for guild_id in [one for one in self._times if concerns(one)]:
            self.hold(guild_id)

    def hold(self, guild_id: int) -> None:
        """Hold a server: all its channels that have messages from now on."""
        self._times[guild_id] = self._times.get(guild_id, 0) + 1
        self._settled.discard(guild_id)
        self._unsettled.add(guild_id)
        self._released.pop(guild_id, None)

    def session(self, guild_id: int) -> Session:
        """Return what `release` and `settle` must be given: reading begins now."""
        return self._times_all, self._times.setdefault(guild_id, 0)

    def hold_channels(self, guild_id: int, channel_ids: Iterable[int]) -> None:
        """Hold these channels of a server until each is released."""
        for channel_id in channel_ids:
            self._held.setdefault(channel_id, 0)
            self._guilds[channel_id] = guild_id
            self._released.get(guild_id, set()).discard(channel_id)

    def stands(self, guild_id: int, channel_id: int) -> bool:
        """Tell whether the channel's watermark stands still: history is to be read there."""
        is_free = self.is_settled(guild_id) or channel_id in self._released.get(guild_id, ())
        return channel_id in self._held or not is_free

    def moves(self, guild_id: int, channel_id: int, message_id: int) -> bool:
        """Tell whether the channel's watermark follows this message; a held channel remembers it for later."""
        if not self.stands(guild_id, channel_id):
            return True
        self._held[channel_id] = max(message_id, self._held.get(channel_id, 0))
        self._guilds[channel_id] = guild_id
        return False

    def drop(self, guild_id: int, channel_id: int, message_id: int) -> bool:
        """Hold the channel because this message was dropped; tell whether it is the first one."""
        first = channel_id not in self._dropped
        self.hold_channels(guild_id, (channel_id,))
        self._dropped[channel_id] = max(message_id, self._dropped.get(channel_id, 0))
        return first

    def release(self, guild_id: int, channel_id: int, up_to: int, session: Session) -> int:
        """Return the message up to which all is recorded, now that history up to `up_to` was read.

        The channel stays held when something after `up_to` was dropped, or the server was held again meanwhile.
        """
        if session != self.session(guild_id) or self._dropped.get(channel_id, 0) > up_to:
            return up_to
        self._dropped.pop(channel_id, None)
        self._guilds.pop(channel_id, None)
        if not self.is_settled(guild_id):
            self._released.setdefault(guild_id, set()).add(channel_id)
        return max(up_to, self._held.pop(channel_id, 0))

    def settle(self, guild_id: int, session: Session) -> bool:
        """Let the server's watermarks move again, but for channels held by name; False if it was held meanwhile."""
        if session != self.session(guild_id):
            return False
        self._settled.add(guild_id)
        self._unsettled.discard(guild_id)
        self._released.pop(guild_id, None)
        return True

    def forget(self, channel_id: int) -> None:
        """Stop holding a channel that isn't counted any more, or is gone."""
        for kept in (self._held, self._dropped, self._guilds):
            kept.pop(channel_id, None)

    def forget_guild(self, guild_id: int) -> None:
        """Stop holding the channels of a server that is gone; should it come back, it is held."""
        for channel_id in self.held_in(guild_id):
            self.forget(channel_id)
        self.hold(guild_id)
