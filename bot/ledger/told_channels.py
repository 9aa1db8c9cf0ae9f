"""Which channels were told that messages are counted, in memory."""

from collections.abc import Iterable
from functools import partial

from bot.ledger.records import WHOLE_SERVER, StoredNotice
from bot.ledger.write import notices
from bot.ledger.write.writer import Writer


class ToldChannels:
    """The notices that hold: loaded at start, changed in memory and in the database together."""

    def __init__(self, known: Iterable[StoredNotice] = ()) -> None:
        self._notices: dict[int, dict[tuple[int, int], StoredNotice]] = {}
        self.reload(known)

    def listed(self, guild_id: int) -> list[StoredNotice]:
        """Return the messages that told a server's channels of counting."""
        return list(self._notices.get(guild_id, {}).values())

    def is_told(self, guild_id: int, channel_id: int) -> bool:
        """Tell whether a notice about that channel, or in it about the whole server, speaks of annotations."""
        about_it = ((channel_id, WHOLE_SERVER), *((one.channel_id, channel_id) for one in self.listed(guild_id)))
        found = (self._notices.get(guild_id, {}).get(key) for key in about_it)
        return any(one is not None and one.shows for one in found)

    async def keep(self, writer: Writer, notice: StoredNotice) -> None:
        """Note which message told a channel."""
        self._note(notice)
        await writer.run(partial(notices.put_notice, notice=notice))

    async def drop(self, writer: Writer, guild_id: int, about_id: int) -> list[StoredNotice]:
        """Forget the notices about a channel, and return them: they don't hold any more."""
        dropped = [one for one in self.listed(guild_id) if one.about_id == about_id]
        for one in dropped:
            del self._notices[guild_id][one.channel_id, about_id]
        if dropped:
            await writer.run(partial(notices.drop_notices, guild_id=guild_id, about_id=about_id))
        return dropped

    def forget_server(self, guild_id: int) -> None:
        """Forget a server's notices, before its data is deleted."""
        self._notices.pop(guild_id, None)

    def reload(self, told: Iterable[StoredNotice]) -> None:
        """Take what another process changed."""
        for notice in told:
            self._note(notice)

    def _note(self, notice: StoredNotice) -> None:
        self._notices.setdefault(notice.guild_id, {})[notice.channel_id, notice.about_id] = notice
