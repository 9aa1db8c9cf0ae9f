"""A message that waits to be annotated."""

from dataclasses import dataclass

from bot.counting.message_counter import CountedMessage
from bot.estimation.footprint import Footprint

FRESH = 10.0
"""Seconds: what can't be said within them is not said."""


@dataclass(frozen=True, slots=True)
class PendingAnnotation:
    """Where the message stands, who wrote it, when it arrived (seconds of the annotator's clock), its footprint."""

    message_id: int
    guild_id: int
    channel_id: int
    parent_id: int | None
    author_id: int
    arrived: float
    footprint: Footprint

    @classmethod
    def of(cls, counted: CountedMessage, parent_id: int | None, arrived: float) -> "PendingAnnotation":
        """Return the message as it waits; its text isn't needed any more."""
        entry = counted.entry
        return cls(
            entry.message_id, entry.guild_id, entry.channel_id, parent_id, entry.author_id, arrived, counted.footprint
        )

    def left(self, now: float) -> float:
        """Return the seconds that remain to say it in; 0 or less when it is too late."""
        return self.arrived + FRESH - now
