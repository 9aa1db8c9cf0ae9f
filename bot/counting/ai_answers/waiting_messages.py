"""AI bots' messages in channels whose history is still to be read: what they go on with may be written there. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.counting.ai_answers.pending_answer import BotMessage

MAX_WAITING = 2_000
"""Messages that wait; those on top are taken at once, as they come."""


PATIENCE = 600.0
"""Seconds after which a message is taken though its channel's history wasn't read: its server may be gone."""


class WaitingMessages:
    """Holds messages back, without their text, until their channel's history was read."""

    def __init__(self) -> None:
        self._messages: dict[int, BotMessage] = {}

    def __bool__(self) -> bool:
        return bool(self._messages)

    @property
    def has_room(self) -> bool:
        """Tell whether one more message may wait."""
        return len(self._messages) < MAX_WAITING

    def add(self, message: BotMessage) -> None:
        """Let a message wait; the caller has looked for room."""
        self._messages[message.message_id] = message

    def get(self, message_id: int) -> BotMessage | None:
        """Return a message that waits."""
        return self._messages.get(message_id)

    def change(self, message: BotMessage, tokens: Mapping[str, int], now: float) -> None:
        """Note an edit of a message that waits, by the sections given."""
        changed = replace(message, tokens={**message.tokens, **tokens}, changed=max(message.changed, now))
        self._messages[message.message_id] = changed

    def remove(self, message_id: int) -> None:
        """Note that a message is gone."""
        self._messages.pop(message_id, None)

    @property
    def channels(self) -> frozenset[int]:
        """Return the channels in which messages wait."""
        return frozenset(one.channel_id for one in self._messages.values())

    def release(self, stands: Callable[[int, int], bool], now: float) -> list[BotMessage]:
        """Let go of the messages, oldest first, whose channel (by server and channel) doesn't stand still any more."""
        free = [
            one
            for one in self._messages.values()
            if now - one.created > PATIENCE or not stands(one.guild_id, one.channel_id)
        ]
        for one in free:
            del self._messages[one.message_id]
        return sorted(free, key=lambda one: one.message_id)
