"""What becomes of messages as they are written, edited and deleted: decided on Discord's own JSON.

Most messages are in places where nothing is counted: they cost two or three looks into dictionaries. For the others
there is a `MessageRecord`, handed in batches to whoever asked for it; no object of discord.py's and no task is made of
any.
"""

from collections.abc import Callable

import discord

from bot.counting.bounded_dict import BoundedDict
from bot.counting.clock import DiscordClock
from bot.counting.message_queue import MessageQueue
from bot.counting.message_record import Json, MessageRecord, read_id, read_message
from bot.counting.unknown_channels import UnknownChannels
from bot.ledger.preferences import Preferences

GuildOf = Callable[[int], discord.Guild | None]
"""Finds a server in discord.py's cache."""

EditHandler = Callable[[int, int, Json], None]
"""Takes the channel and the id of a message that was edited, and what Discord said of that: at least what changed."""

DeletionHandler = Callable[[int, int, int], None]
"""Takes the server, the channel and the id of a message that is gone."""


class MessageEvents:
    """Takes the data of the gateway's events.

    Handlers are plain functions, called in the order in which they were added: `written` for messages of whoever it be
    (people, bots, webhooks) where messages are counted, `edited` and `deleted` for whatever changes or goes in servers
    where something is counted. They must neither wait nor keep a text. What was written waits in `queue` for a moment,
    and is handed on before what was edited or deleted since.
    """

    def __init__(
        self,
        guild_of: GuildOf,
        preferences: Preferences,
        clock: DiscordClock,
        unknown_channels: UnknownChannels,
        parents: BoundedDict[int, int | None],
        queue: MessageQueue,
    ) -> None:
        self._guild_of, self._preferences, self._clock = guild_of, preferences, clock
        self._unknown, self._parents, self._queue = unknown_channels, parents, queue
        self.written = queue.handlers
        self.edited: list[EditHandler] = []
        self.deleted: list[DeletionHandler] = []
        self.seen = 0
        """Messages written in servers, counted or not."""

    def message_created(self, data: Json) -> None:
        """Take `MESSAGE_CREATE`. Raises what `read_message` raises."""
        self.seen += 1
        message_id, clock = read_id(data["id"]), self._clock
        if message_id >= clock.heard_until and not clock.hear_message(message_id):
            return  # no message has an id from a time that hasn't come
        guild_id = self._counting_guild(data)
        if guild_id is None:
            return
        message, guild = read_message(data, guild_id), self._guild_of(guild_id)
        channel = guild.get_channel_or_thread(message.channel_id) if guild is not None else None
        if channel is None:
            if not self._unknown.hold(message, data, guild):
                self.tell_written(message, data)
            return
        if not isinstance(channel, discord.CategoryChannel | discord.ForumChannel):
            channel.last_message_id = message_id  # catch-up goes by it
        self._tell(message, data, _parent_of(channel))

    def message_updated(self, data: Json) -> None:
        """Take `MESSAGE_UPDATE`, which may hold only what changed. Raises `KeyError` or `ValueError` for no ids."""
        guild_id = self._counting_guild(data)
        if guild_id is not None:
            channel_id, message_id = read_id(data["channel_id"]), read_id(data["id"])
            self._queue.hand_on()
            for handle in self.edited:
                handle(channel_id, message_id, data)

    def messages_deleted(self, data: Json) -> None:
        """Take `MESSAGE_DELETE` or `MESSAGE_DELETE_BULK`."""
        guild_id = self._counting_guild(data)
        if guild_id is None:
            return
        channel_id = read_id(data["channel_id"])
        self._queue.hand_on()
        for message_id in data["ids"] if "ids" in data else (data["id"],):
            for handle in self.deleted:
                handle(guild_id, channel_id, read_id(message_id))

    def tell_written(self, message: MessageRecord, data: Json) -> None:
        """Hand on a message whose channel isn't in the cache; its parent is known by now, or makes no difference."""
        if self._guild_of(message.guild_id) is not None:
            self._tell(message, data, self._parents.get(message.channel_id))

    def _counting_guild(self, data: Json) -> int | None:
        """Return the server of an event, None where nothing is counted."""
        guild_id = data.get("guild_id")
        if guild_id is None:
            return None
        guild_id = read_id(guild_id)
        return guild_id if self._preferences.counts_in(guild_id) else None

    def _tell(self, message: MessageRecord, data: Json, parent_id: int | None) -> None:
        mode = self._preferences.mode_of(message.guild_id, message.channel_id, parent_id)
        if mode is not None and message.id > mode.since_id:
            self._queue.add(message, data, mode, parent_id)


def _parent_of(channel: discord.abc.GuildChannel | discord.Thread) -> int | None:
    """Return the channel that a thread belongs to, None for all others."""
    return channel.parent_id if isinstance(channel, discord.Thread) else None
