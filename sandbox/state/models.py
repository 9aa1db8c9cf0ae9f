"""What the world is made of: users, guilds, roles, channels and their messages."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]
"""A JSON object in Discord's own shape, ids as strings."""

TEXT, DM, GROUP_DM, CATEGORY, PUBLIC_THREAD, PRIVATE_THREAD = 0, 1, 3, 4, 11, 12
NEWS_THREAD = 10
THREADS = (NEWS_THREAD, PUBLIC_THREAD, PRIVATE_THREAD)
MESSAGES_PER_CHANNEL = 20_000
"""Older messages are forgotten beyond this, so that memory stays bounded."""


@dataclass(eq=False, slots=True)
class User:
    """A person or the bot. `app_installed`: the app is among the user's own apps."""

    id: int
    username: str
    global_name: str | None = None
    locale: str = "fr"
    color: str = "#5865f2"
    bot: bool = False
    app_installed: bool = True
    accepts_dms: bool = True


@dataclass(eq=False, slots=True)
class Role:
    """A role; the one with the guild's own id is @everyone."""

    id: int
    name: str
    permissions: int
    position: int = 0
    color: int = 0


@dataclass(eq=False, slots=True)
class Overwrite:
    """What a channel allows and denies to a role (`kind` 0) or a member (1)."""

    id: int
    kind: int
    allow: int = 0
    deny: int = 0


@dataclass(eq=False, slots=True)
class Member:
    """A user in a guild."""

    user: User
    roles: list[int] = field(default_factory=list)
    nick: str | None = None
    joined_at: datetime = field(default_factory=lambda: datetime.now(UTC))


@dataclass(eq=False, slots=True)
class Message:
    """A message: Discord's JSON, and what only its author's client knows.

    `ephemeral_for` is the one user who sees it; `interaction_id` the interaction it answers;
    `pending` a deferred answer not given yet; `reactions` who reacted with what.
    """

    data: Json
    ephemeral_for: int | None = None
    interaction_id: str | None = None
    pending: bool = False
    reactions: dict[str, list[int]] = field(default_factory=dict)

    @property
    def id(self) -> int:
        """The message's id."""
        return int(self.data["id"])

    @property
    def channel_id(self) -> int:
        """The id of the channel it is in."""
        return int(self.data["channel_id"])

    @property
    def author_id(self) -> int:
        """The id of the user or webhook that wrote it."""
        return int(self.data["author"]["id"])


class History:
    """A channel's messages in the order of their ids, at most `capacity` of them."""

    def __init__(self, capacity: int = MESSAGES_PER_CHANNEL) -> None:
        self.capacity = capacity
        self._ids: list[int] = []
        self._messages: dict[int, Message] = {}

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[Message]:
        return (self._messages[key] for key in self._ids)

    def get(self, message_id: int) -> Message | None:
        """The message of that id, None when unknown or forgotten."""
        return self._messages.get(message_id)

    def add(self, message: Message) -> list[Message]:
        """Keep a message; returns those forgotten to make room."""
        insort(self._ids, message.id)
        self._messages[message.id] = message
        excess = self._ids[: max(0, len(self._ids) - self.capacity)]
        del self._ids[: len(excess)]
        return [self._messages.pop(key) for key in excess]

    def remove(self, message_id: int) -> Message | None:
        """Forget a message."""
        message = self._messages.pop(message_id, None)
        if message is not None:
            del self._ids[bisect_left(self._ids, message_id)]
        return message

    def before(self, message_id: int | None, limit: int, seen: Callable[[Message], bool]) -> list[Message]:
        """Up to `limit` messages older than `message_id` (None: the newest), newest first."""
        end = len(self._ids) if message_id is None else bisect_left(self._ids, message_id)
        return self._take(range(end - 1, -1, -1), limit, seen)

    def after(self, message_id: int, limit: int, seen: Callable[[Message], bool]) -> list[Message]:
        """The `limit` messages that follow `message_id`, newest first."""
        start = bisect_right(self._ids, message_id)
        return self._take(range(start, len(self._ids)), limit, seen)[::-1]

    def _take(self, indexes: range, limit: int, seen: Callable[[Message], bool]) -> list[Message]:
        found: list[Message] = []
        for index in indexes:
            if len(found) == limit:
                break
            message = self._messages[self._ids[index]]
            if seen(message):
                found.append(message)
        return found


@dataclass(eq=False, slots=True)
class Channel:
    """A guild channel, a category, a thread, or a private channel between `recipients`."""

    id: int
    type: int
    name: str | None = None
    guild_id: int | None = None
    parent_id: int | None = None
    position: int = 0
    topic: str | None = None
    overwrites: dict[int, Overwrite] = field(default_factory=dict)
    recipients: list[User] = field(default_factory=list)
    owner_id: int | None = None
    archived: bool = False
    archive_changed_at: datetime | None = None
    locked: bool = False
    auto_archive_minutes: int = 1440
    history: History = field(default_factory=History)
    last_message_id: int | None = None

    @property
    def is_thread(self) -> bool:
        """Whether it hangs below another channel and inherits its permissions."""
        return self.type in THREADS

    @property
    def is_private(self) -> bool:
        """Whether it belongs to no guild."""
        return self.guild_id is None


@dataclass(eq=False, slots=True)
class Guild:
    """A server: its roles, members, channels and threads, by id.

    `commands_authorized`: the app's commands were added to it (`applications.commands`), with or without the bot.
    """

    id: int
    name: str
    owner_id: int
    preferred_locale: str = "en-US"
    features: list[str] = field(default_factory=list)
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)
    threads: dict[int, Channel] = field(default_factory=dict)
    commands_authorized: bool = False

    def shard(self, count: int) -> int:
        """The shard this guild's events go to: (id >> 22) % count."""
        return (self.id >> 22) % count
