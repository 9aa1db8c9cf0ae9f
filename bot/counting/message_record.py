"""A message in plain data: what came over the gateway and what history tells become the same, without discord.py."""

from collections.abc import Mapping
from typing import Any, NamedTuple

Json = Mapping[str, Any]

DEFAULT, REPLY = 0, 19
WRITTEN = frozenset({DEFAULT, REPLY})
"""Messages that somebody wrote (https://docs.discord.com/developers/resources/message#message-object-message-types);
all other types are Discord's own or an app's."""

MAX_ID = 2**63 - 1
"""Beyond, no database has a place for it, and no date can be read from it."""


class MessageRecord(NamedTuple):
    """What counting needs of a message. `by_person`: written by somebody, not by a bot, a webhook or Discord.

    `mentions` are the people named in it, by id and name. Their nicks in the server aren't used: history doesn't tell
    them, and a message must come to the same figures however it was read.
    """

    id: int
    guild_id: int
    channel_id: int
    author_id: int
    by_person: bool
    content: str
    mentions: tuple[tuple[int, str], ...]

    def __repr__(self) -> str:
        """Show nothing that somebody wrote."""
        return f"MessageRecord({self.id})"


def read_message(data: Json, guild_id: int) -> MessageRecord:
    """Return a message of a server from Discord's JSON.

    Raises `KeyError`, `ValueError` or `TypeError` where that isn't what Discord documents.
    """
    author, content, mentions = data["author"], data["content"], data.get("mentions")
    if not isinstance(content, str):
        raise TypeError("content")
    return MessageRecord(
        read_id(data["id"]),
        guild_id,
        read_id(data["channel_id"]),
        read_id(author["id"]),
        not author.get("bot") and data.get("type", DEFAULT) in WRITTEN and data.get("webhook_id") is None,
        content,
        tuple((read_id(user["id"]), user.get("global_name") or user["username"]) for user in mentions)
        if mentions
        else (),
    )


def read_id(value: object) -> int:
    """Return an id as Discord writes it: a whole number from 0 to 2^63 - 1, mostly as text. `ValueError` otherwise."""
    if type(value) is str and value.isdecimal() and value.isascii() and len(value) <= 19:
        number = int(value)
    elif type(value) is int:
        number = value
    else:
        raise ValueError("an id")
    if not 0 <= number <= MAX_ID:
        raise ValueError("an id")
    return number
