"""Where the gateway's messages go instead of discord.py, which makes an object and a task of each."""

from collections.abc import Mapping
from typing import Any

import discord

from bot.client.malformed_events import Parser, checked
from bot.counting.message_events import MessageEvents


def message_parsers(client: discord.Client, events: MessageEvents) -> Mapping[str, Parser]:
    """Return the parsers for messages. discord.py gets what it acts on: our own messages edited, and deletions."""
    theirs = {name: checked(name, parser) for name, parser in client._connection.parsers.items()}  # noqa: SLF001

    def updated(data: Any) -> None:
        events.message_updated(data)
        if client.user is not None and data["author"]["id"] == str(client.user.id):
            theirs["MESSAGE_UPDATE"](data)  # views follow their message

    def deleted(data: Any) -> None:
        events.messages_deleted(data)
        theirs["MESSAGE_DELETE"](data)

    def deleted_in_bulk(data: Any) -> None:
        events.messages_deleted(data)
        theirs["MESSAGE_DELETE_BULK"](data)

    return {
        "MESSAGE_CREATE": events.message_created,
        "MESSAGE_UPDATE": updated,
        "MESSAGE_DELETE": deleted,
        "MESSAGE_DELETE_BULK": deleted_in_bulk,
    }
