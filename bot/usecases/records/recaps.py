"""A server's weekly recap as plain data: its figures, and how it is set."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.estimation.facts.thoughts import Thought
from bot.ledger.records import RecapOutcome, Standing, StoredRecap
from bot.usecases.records.boards import Summary, Tax
from bot.usecases.records.timelines import Timeline

DEFAULT_WEEKDAY, DEFAULT_HOUR = 0, 9
"""Monday at nine, where nothing else is chosen."""

HOURS, WEEKDAYS = 24, 7

__all__ = ["Recap", "RecapOutcome", "RecapState", "StoredRecap"]


@dataclass(frozen=True, slots=True)
class Recap:
    """The seven days before the day it is due: totals with their trend, days, first members, courtesy, a sentence."""

    summary: Summary
    timeline: Timeline
    top: Sequence[Standing]
    tax: Tax
    thought: Thought


@dataclass(frozen=True, slots=True)
class RecapState:
    """Where and when it is posted (`next_at`), and why the latest one wasn't, None where it was or none was due."""

    channel_id: int
    weekday: int
    hour: int
    next_at: datetime
    failure: RecapOutcome | None = None
    failed_at: datetime | None = None
