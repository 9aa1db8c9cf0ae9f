"""What becomes of messages as they are written, edited and deleted: decided on Discord's own JSON.

Most messages are in places where nothing is counted: they cost two or three looks into dictionaries. For the others
there is a `MessageRecord`, handed to whoever asked for it; no object of discord.py's and no task is made of any.
"""

from collections.abc import Callable

import discord

from bot.counting.bounded_dict import BoundedDict
from bot.counting.clock import DiscordClock
from bot.counting.message_record import Json, MessageRecord, read_id, read_message
from bot.counting.unknown_channels import UnknownChannels
from bot.ledger.preferences import Preferences
from bot.ledger.records import ChannelMode

GuildOf = Callable[[int], discord.Guild | None]
"""Finds a server in discord.py's cache."""

MessageHandler = Callable[[MessageRecord, Json, ChannelMode, int | None], None]
"""Takes a message, all that Discord said of it, what happens in its channel, and the channel that a thread is in."""

DeletionHandler = Callable[[int, int, int], None]
"""Takes the server, the channel and the id of a message that is gone."""


class MessageEvents:
    """Takes the data of the gateway's events.

    Handlers are plain functions, called in the order in which they were added: `written` and `edited` for messages of
    whoever it be (people, bots, webhooks) where messages are counted, `deleted` for whatever is gone in servers where
    something is counted. They must neither wait nor keep a text.
    """

    def __init__(
        self,
        guild_of: GuildOf,
        preferences: Preferences,
        clock: DiscordClock,
        unknown_channels: UnknownChannels,
        parents: BoundedDict[int, int | None],
    ) -> None:
        self._guild_of, self._preferences, self._clock = guild_of, preferences, clock
        self._unknown, self._parents = unknown_channels, parents
        self.written: list[MessageHandler] = []
        self.edited: list[MessageHandler] = []
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
        self._tell(self.written, message, data, _parent_of(channel))

    def message_updated(self, data: Json) -> None:
        """Take `MESSAGE_UPDATE`. Raises what `read_message` raises."""
        guild_id = self._counting_guild(data)
        if guild_id is not None and self.edited:
            message, guild = read_message(data, guild_id), self._guild_of(guild_id)
            channel = guild.get_channel_or_thread(message.channel_id) if guild is not None else None
            parent_id = _parent_of(channel) if channel is not None else self._parents.get(message.channel_id)
            self._tell(self.edited, message, data, parent_id)

    def messages_deleted(self, data: Json) -> None:
        """Take `MESSAGE_DELETE` or `MESSAGE_DELETE_BULK`."""
        guild_id = self._counting_guild(data)
        if guild_id is None:
            return
        channel_id = read_id(data["channel_id"])
        for message_id in data["ids"] if "ids" in data else (data["id"],):
            for handle in self.deleted:
                handle(guild_id, channel_id, read_id(message_id))

    def tell_written(self, message: MessageRecord, data: Json) -> None:
        """Hand on a message whose channel isn't in the cache; its parent is known by now, or makes no difference."""
        if self._guild_of(message.guild_id) is not None:
            self._tell(self.written, message, data, self._parents.get(message.channel_id))

    def _counting_guild(self, data: Json) -> int | None:
        """Return the server of an event, None where nothing is counted."""
        guild_id = data.get("guild_id")
        if guild_id is None:
            return None
        guild_id = read_id(guild_id)
        return guild_id if self._preferences.counts_in(guild_id) else None

    def _tell(self, handlers: list[MessageHandler], message: MessageRecord, data: Json, parent_id: int | None) -> None:
        mode = self._preferences.mode_of(message.guild_id, message.channel_id, parent_id)
        if mode is not None and message.id > mode.since_id:
            for handle in handlers:
                handle(message, data, mode, parent_id)


def _parent_of(channel: discord.abc.GuildChannel | discord.Thread) -> int | None:
    """Return the channel that a thread belongs to, None for all others."""
    return channel.parent_id if isinstance(channel, discord.Thread) else None
