"""One answer on its way: which messages it consists of so far, how long they are, and when it stands. Pure.

Moments are seconds of one clock. An answer stands when nothing of it has changed for a while, at the latest so long
after its first words; before them a bot may think for as long as Discord lets it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.counting.ai_answers.answer_text import SECTIONS

QUIET = 8.0
"""Seconds without a change after which an answer stands; bots that stream edit every second or two."""

MAX_STREAM = 120.0
"""Seconds from an answer's first words after which what stands is counted, whatever is edited later."""

MAX_THOUGHT = 900.0
"""Seconds that a message without words is waited for: so long Discord takes a late answer to a command."""

MAX_PARTS = 100
"""Messages of one answer; the next one begins another."""


@dataclass(frozen=True, slots=True)
class BotMessage:
    """A message of an AI bot: whose and where, what it answers as far as it says, and its tokens by section.

    `replied_id` is the message that it refers to, `author_id` who used the bot's command (0: nobody known); `is_told`
    says that Discord told what it answers, though that may be nobody's business. `created` and `changed` are seconds
    of the caller's clock, also for messages read from history.
    """

    message_id: int
    guild_id: int
    channel_id: int
    bot_id: int
    replied_id: int | None
    author_id: int
    tokens: Mapping[str, int]
    created: float
    changed: float
    is_told: bool = False


@dataclass(slots=True)
class PendingAnswer:
    """An answer that doesn't stand yet, by its first message's id. `parts` are tokens by message and section.

    `first_words` is None while there are only placeholders. `restored` answers come from before a restart: what their
    messages say now is to be looked up.
    """

    answer_id: int
    guild_id: int
    channel_id: int
    bot_id: int
    question_id: int | None
    author_id: int
    created: float
    changed: float
    first_words: float | None = None
    parts: dict[int, dict[str, int]] = field(default_factory=dict)
    restored: bool = False

    @property
    def tokens(self) -> int:
        """Return the visible tokens of all its messages."""
        return sum(sum(part.values()) for part in self.parts.values())

    @property
    def due(self) -> float:
        """Return from when on it stands."""
        if not self.parts or len(self.parts) >= MAX_PARTS:
            return self.changed
        if self.first_words is None:
            return self.created + MAX_THOUGHT
        return min(self.changed + QUIET, self.first_words + MAX_STREAM)

    def put(self, message_id: int, tokens: Mapping[str, int], now: float) -> bool:
        """Note what a message says now, by the sections given; tell whether that changes anything."""
        known = self.parts.get(message_id)
        if known is not None and all(known[section] == tokens.get(section, known[section]) for section in SECTIONS):
            return False
        part = self.parts.setdefault(message_id, dict.fromkeys(SECTIONS, 0))
        part.update(tokens)
        self.changed = max(self.changed, now)
        if self.first_words is None and self.tokens:
            self.first_words = now
        return True

    def remove(self, message_id: int) -> None:
        """Note that a message is gone."""
        self.parts.pop(message_id, None)
