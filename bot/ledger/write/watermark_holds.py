"""Which watermarks may follow the entries, and which must stand still because something before them is missing."""

from collections.abc import Iterable


class WatermarkHolds:
    """Held channels. A held channel's entries are recorded all the same; only its watermark stands still.

    Nothing of this needs to be stored: what stands still in the database is read again after a restart.
    """

    def __init__(self) -> None:
        self.session = 0
        self._held: dict[int, int] = {}
        self._others = False
        self._released: set[int] = set()
        self._dropped: dict[int, int] = {}

    @property
    def held(self) -> frozenset[int]:
        """Return the channels whose history must be read before their watermark moves."""
        return frozenset(self._held)

    def hold(self, channel_ids: Iterable[int], *, others: bool) -> int:
        """Hold these channels, and with `others` any further one that has messages, until `settle`.

        Returns the new session's number, for `release`.
        """
        for channel_id in channel_ids:
            self._held.setdefault(channel_id, 0)
        self._others = others
        self._released.clear()
        self.session += 1
        return self.session

    def moves(self, channel_id: int, message_id: int) -> bool:
        """Tell whether the channel's watermark follows this message; a held channel remembers it for later."""
        if not self._held and not self._others:
            return True
        if channel_id not in self._held and (not self._others or channel_id in self._released):
            return True
        self._held[channel_id] = max(message_id, self._held.get(channel_id, 0))
        return False

    def drop(self, channel_id: int, message_id: int) -> bool:
        """Hold the channel because this message was dropped; tell whether it is the first one."""
        first = channel_id not in self._dropped
        self._held.setdefault(channel_id, 0)
        self._dropped[channel_id] = max(message_id, self._dropped.get(channel_id, 0))
        return first

    def release(self, channel_id: int, up_to: int, session: int) -> int:
        """Return the message up to which all is recorded, now that history up to `up_to` was read.

        The channel stays held when something after `up_to` was dropped, or a newer session has begun meanwhile.
        """
        if session != self.session or self._dropped.get(channel_id, 0) > up_to:
            return up_to
        self._dropped.pop(channel_id, None)
        self._released.add(channel_id)
        return max(up_to, self._held.pop(channel_id, 0))

    def settle(self, unread: Iterable[int]) -> None:
        """Stop holding channels that nobody named, but for those unread and those that had messages since."""
        for channel_id in unread:
            self._held.setdefault(channel_id, 0)
        self._others = False
        self._released.clear()

    def forget(self, channel_id: int) -> None:
        """Stop holding a channel that isn't counted any more, or is gone."""
        self._held.pop(channel_id, None)
        self._dropped.pop(channel_id, None)
