"""What is recorded: messages, how far channels are read, and how the writer is doing."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from bot.ledger.types import moment_of

MESSAGE = "message"
FOOTPRINT = "footprint"
ANSWER = "answer"
"""The kinds: a message somebody wrote, a `/footprint` request (by its interaction), an AI bot's measured answer."""

NAMELESS = 0
"""The author that stands for people who were erased."""


class Entry(NamedTuple):
    """One counted message, in the order of the table's columns; plain tuples keep recording cheap.

    The id tells the time (UTC); `local_day` is in the server's timezone; `channel_id` is where the message stands,
    a thread's own id. Energy is in Wh, GWP in g CO2e, water in mL (None where the method has none), costs in USD
    (None without a list price). `courtesy_*` is what the courtesy alone takes, see `courtesy_costs`.
    """

    message_id: int
    guild_id: int
    channel_id: int
    author_id: int
    local_day: date
    kind: str
    model: str
    zone: str
    method: str
    estimator_version: str
    prompt_tokens: int
    answer_low: float
    answer_expected: float
    answer_high: float
    energy_low: float
    energy_expected: float
    energy_high: float
    gwp_low: float
    gwp_expected: float
    gwp_high: float
    water_low: float | None
    water_expected: float | None
    water_high: float | None
    cost_usd: float | None
    courtesy_words: int
    courtesy_tokens: int
    courtesy_only: bool
    courtesy_energy_wh: float
    courtesy_gwp_g: float
    courtesy_cost_usd: float | None


@dataclass(frozen=True, slots=True)
class WriterState:
    """How the writer is doing: writes waiting, entries dropped or refused, entries and batches written.

    `batch_seconds` sums, over the batches, how long the oldest entry waited until it was written, at the most.
    `last_error` is set while the database is in trouble.
    """

    queued: int
    capacity: int
    dropped: int
    refused: int
    last_commit_at: datetime | None
    last_error: str | None
    batches: int
    batch_seconds: float
    entries: int


@dataclass(frozen=True, slots=True)
class Watermark:
    """Everything in the channel (or thread) that counts is recorded up to this message."""

    channel_id: int
    guild_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Messages between these two, neither of them included, may not have been counted."""

    channel_id: int
    guild_id: int
    after_id: int
    before_id: int
    noted_at: datetime

    @property
    def start(self) -> datetime:
        """Return when it begins."""
        return moment_of(self.after_id)

    @property
    def end(self) -> datetime:
        """Return when it ends."""
        return moment_of(self.before_id)
