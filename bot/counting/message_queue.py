"""Messages that wait a moment to be counted, so that several are counted in one go.

A message that is counted on its own costs about twice what it costs among others: whatever ran in between has pushed
counting's code and tables out of the processor's caches.
"""

import asyncio
import logging
from collections.abc import Callable

from bot.counting.message_record import Json, MessageRecord
from bot.ledger.records import ChannelMode

log = logging.getLogger(__name__)

MAX_AGE = 0.1
"""Seconds that a message waits at the most."""

MAX_WAITING = 64
"""Messages that wait at the most: as many don't keep the event loop for longer than some milliseconds."""

MessageHandler = Callable[[MessageRecord, Json, ChannelMode, int | None], None]
"""Takes a message, all that Discord said of it, what happens in its channel, and the channel that a thread is in."""


class MessageQueue:
    """Hands messages on in the order in which they came, to each of `handlers` in their order."""

    def __init__(self, max_age: float = MAX_AGE, max_waiting: int = MAX_WAITING) -> None:
        self._max_age, self._max_waiting = max_age, max_waiting
        self._waiting: list[tuple[MessageRecord, Json, ChannelMode, int | None]] = []
        self._timer: asyncio.TimerHandle | None = None
        self.handlers: list[MessageHandler] = []

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, message: MessageRecord, data: Json, mode: ChannelMode, parent_id: int | None) -> None:
        """Let a message wait; all are handed on when they are as many as may wait."""
        self._waiting.append((message, data, mode, parent_id))
        if len(self._waiting) >= self._max_waiting:
            self.hand_on()
        elif self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self._max_age, self.hand_on)

    def hand_on(self) -> None:
        """Hand on what waits, now: whatever else happens to messages comes after. One that fails ends no other."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        waiting, self._waiting = self._waiting, []
        for message in waiting:
            try:
                for handle in self.handlers:
                    handle(*message)
            except Exception as error:  # noqa: BLE001 - neither the data nor the error's own words: both may hold text
                log.error("an event MESSAGE_CREATE can't be read (%s)", type(error).__name__)
