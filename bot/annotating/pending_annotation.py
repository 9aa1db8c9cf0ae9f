"""A message that waits to be annotated."""

from dataclasses import dataclass

from bot.counting.ai_answers.settling import CountedAnswer
from bot.counting.message_counter import CountedMessage
from bot.estimation.footprint import Footprint
from bot.ledger.records import ChannelMode

FRESH = 10.0
"""Seconds: what can't be said within them is not said."""


@dataclass(frozen=True, slots=True)
class PendingAnnotation:
    """Where the message stands, who wrote it, when it arrived (seconds of the annotator's clock), its footprint.

    An AI bot's answer, that was `measured`, is its asker's; nobody's where that isn't known.
    """

    message_id: int
    guild_id: int
    channel_id: int
    parent_id: int | None
    author_id: int
    arrived: float
    footprint: Footprint
    measured: bool = False

    @classmethod
    def from_message(cls, counted: CountedMessage, parent_id: int | None, arrived: float) -> "PendingAnnotation":
        """Return the message as it waits; its text isn't needed any more."""
        entry = counted.entry
        return cls(
            entry.message_id, entry.guild_id, entry.channel_id, parent_id, entry.author_id, arrived, counted.footprint
        )

    @classmethod
    def from_answer(cls, counted: CountedAnswer, mode: ChannelMode, arrived: float) -> "PendingAnnotation":
        """Return an AI bot's answer as it waits, to be annotated under its last message."""
        entry = counted.entry
        return cls(
            counted.last_id, mode.guild_id, entry.channel_id, counted.parent_id, entry.author_id, arrived,
            counted.footprint, measured=True,
        )  # fmt: skip

    def left(self, now: float) -> float:
        """Return the seconds that remain to say it in; 0 or less when it is too late."""
        return self.arrived + FRESH - now
