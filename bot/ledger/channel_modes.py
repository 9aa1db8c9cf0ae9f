"""What happens to messages of which channel, in memory: asked for every message."""

from collections.abc import Iterable

from bot.ledger.records import OFF, WHOLE_SERVER, ChannelMode


class ChannelModes:
    """Admins' choices by server and channel: an id alone may be forged."""

    def __init__(self, rows: Iterable[ChannelMode] = ()) -> None:
        self._channels: dict[tuple[int, int], ChannelMode] = {}
        self._whole: dict[int, ChannelMode] = {}
        self._own: dict[int, set[int]] = {}
        self._counting: set[int] = set()
        for row in rows:
            self.keep(row)

    def find(self, guild_id: int, channel_id: int, parent_id: int | None = None) -> ChannelMode | None:
        """Return what happens to messages there, None where nothing does.

        A channel's own choice wins over its parent's (threads), the parent's over the server's.
        """
        row = self._channels.get((guild_id, channel_id))
        if row is None and parent_id is not None:
            row = self._channels.get((guild_id, parent_id))
        if row is None:
            row = self._whole.get(guild_id)
        return None if row is None or row.mode == OFF else row

    def counts_in(self, guild_id: int) -> bool:
        """Tell whether messages are counted anywhere in a server."""
        return guild_id in self._counting

    def depends_on_parent(self, guild_id: int, channel_id: int) -> bool:
        """Tell whether, if this is a thread, it takes its parent to know what happens to its messages."""
        return (guild_id, channel_id) not in self._channels and bool(self._own.get(guild_id))

    def listed(self, guild_id: int) -> list[ChannelMode]:
        """Return all choices about a server's channels, "off" included, the whole server's first."""
        rows = [self._channels[guild_id, channel_id] for channel_id in self._own.get(guild_id, ())]
        whole = self._whole.get(guild_id)
        return ([whole] if whole else []) + sorted(rows, key=lambda row: row.channel_id)

    def guilds(self) -> frozenset[int]:
        """Return the servers with a choice."""
        return frozenset(self._whole) | {row.guild_id for row in self._channels.values()}

    def keep(self, row: ChannelMode) -> None:
        """Take a choice, in place of the one before."""
        if row.channel_id == WHOLE_SERVER:
            self._whole[row.guild_id] = row
        else:
            self._channels[row.guild_id, row.channel_id] = row
            self._own.setdefault(row.guild_id, set()).add(row.channel_id)
        self._note_counting(row.guild_id)

    def drop(self, guild_id: int, channel_id: int) -> None:
        """Forget a choice."""
        if channel_id == WHOLE_SERVER:
            self._whole.pop(guild_id, None)
        else:
            self._channels.pop((guild_id, channel_id), None)
            self._own.get(guild_id, set()).discard(channel_id)
        self._note_counting(guild_id)

    def forget_server(self, guild_id: int) -> None:
        """Forget a server's choices."""
        for row in self.listed(guild_id):
            self.drop(guild_id, row.channel_id)

    def _note_counting(self, guild_id: int) -> None:
        own = (self._channels[guild_id, channel_id] for channel_id in self._own.get(guild_id, ()))
        if any(row is not None and row.mode != OFF for row in (self._whole.get(guild_id), *own)):
            self._counting.add(guild_id)
        else:
            self._counting.discard(guild_id)
