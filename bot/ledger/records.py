"""The plain data that everybody may use: what is recorded, what was chosen, what queries give."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from bot.estimation.ranges import Range
from bot.ledger.periods import Period
from bot.ledger.types import moment_of

MESSAGE = "message"
FOOTPRINT = "footprint"
"""The two kinds: a message somebody wrote, a `/footprint` request (by the interaction's id)."""

OFF, SILENT, REACTION, REPLY, DIGEST = "off", "silent", "reaction", "reply", "digest"
MODES = (OFF, SILENT, REACTION, REPLY, DIGEST)
WHOLE_SERVER = 0
"""The channel id that stands for every channel of a server without a choice of its own."""

NAMELESS = 0
"""The author that stands for people who were erased."""

MEMBERS, CHANNELS = "members", "channels"
METRICS = ("energy", "co2", "water", "messages", "courtesy")
"""What a board is of, and what it goes by: Wh, g CO2e, mL, messages, courtesy expressions."""


# What is recorded


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


# What was chosen


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """A server's choices; None means the default.

    `left_at` is when the bot was removed; `joined_at` since when it is a member, or was, None where it never was
    (only the commands were added); `returned_at` when it was last invited again after a removal, and `notice_due`
    whether that is still to be told in the channels. The weekly recap goes to `recap_channel` (None: there is none) on
    a weekday (0 is Monday) at an hour of the server's timezone, for the first time after `recap_since`.
    """

    guild_id: int
    model: str | None = None
    zone: str | None = None
    language: str | None = None
    timezone: str | None = None
    first_locale: str | None = None
    left_at: datetime | None = None
    joined_at: datetime | None = None
    returned_at: datetime | None = None
    notice_due: bool | None = None
    recap_channel: int | None = None
    recap_weekday: int | None = None
    recap_hour: int | None = None
    recap_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class ChannelMode:
    """What happens to messages of a channel, or of the whole server (channel 0), after message `since_id`.

    `min_tokens` None means the default; `notice_id` is the message that told so, in `notice_channel_id`.
    """

    guild_id: int
    channel_id: int
    mode: str
    since_id: int
    since_at: datetime
    min_tokens: int | None = None
    notice_id: int | None = None
    notice_channel_id: int | None = None


@dataclass(frozen=True, slots=True)
class StoredNotice:
    """A message that told a channel that messages are counted: those of `about_id` (0: the whole server).

    `shows` is true where it told of annotations too.
    """

    guild_id: int
    channel_id: int
    about_id: int
    message_id: int
    shows: bool


class RecapOutcome(StrEnum):
    """What came of a week's recap; the catalogues have those that explain something under `recap.why.<value>`.

    `SENDING` is noted before Discord is asked: where nothing else follows, nobody knows whether it was posted.
    """

    SENDING = "sending"
    POSTED = "posted"
    NOTHING = "nothing"
    GONE = "gone"
    FORBIDDEN = "forbidden"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"
    MISSED = "missed"


NOT_POSTED = (RecapOutcome.GONE, RecapOutcome.FORBIDDEN, RecapOutcome.REFUSED)
"""What a recap certainly wasn't posted with, so that it may be tried again."""


@dataclass(frozen=True, slots=True)
class StoredRecap:
    """A server's latest recap: the Monday of its week, when it was due, what came of it, noted when."""

    guild_id: int
    week: date
    due_at: datetime
    outcome: RecapOutcome
    noted_at: datetime


@dataclass(frozen=True, slots=True)
class Person:
    """A choice to be left out of all counting, since a moment; a choice not to be annotated.

    `counted_from` is when they chose to be counted again: history from before then stays uncounted.
    """

    user_id: int
    opted_out_at: datetime | None = None
    quiet: bool = False
    counted_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class Purge:
    """What is being deleted of a server: totals of days before `before_day`, entries up to `up_to_id`."""

    guild_id: int
    before_day: date
    up_to_id: int


# What queries give


@dataclass(frozen=True, slots=True)
class CourtesyTotals:
    """Polite messages, those that were nothing else, expressions counted, and what all of it takes."""

    messages: int
    only: int
    words: int
    energy_wh: float
    gwp_g: float
    cost_usd: float | None


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums of a server's messages. Ranges are sums of lows and of highs: wider than an 80 % interval.

    Water and cost are None where no message had any; `with_water` and `with_cost` say how many had.
    `members` and `channels` are how many took part; people who were erased are in the sums, not in `members`.
    """

    messages: int
    prompt_tokens: int
    answer_tokens: Range
    energy_wh: Range
    gwp_g: Range
    water_ml: Range | None
    cost_usd: float | None
    courtesy: CourtesyTotals
    members: int
    channels: int
    with_water: int
    with_cost: int


@dataclass(frozen=True, slots=True)
class AverageAnswer:
    """The mean answer of a server: tokens, Wh, g CO2e, mL (None where none had any)."""

    messages: int
    answer_tokens: Range
    energy_wh: Range
    gwp_g: Range
    water_ml: Range | None


@dataclass(frozen=True, slots=True)
class Day:
    """One day's sums, by the names of `DAILY_SUMS`: Wh, g CO2e, mL, USD, and plain numbers."""

    day: date
    sums: dict[str, float]


class Standing(NamedTuple):
    """One row of a board. Equal values share a rank; the id only settles their order."""

    rank: int
    id: int
    value: float
    messages: int


class Board(NamedTuple):
    """Which board: of whom, over what, by what."""

    guild_id: int
    period: Period
    by: str = MEMBERS
    metric: str = "energy"


@dataclass(frozen=True, slots=True)
class StoredData:
    """Messages counted, in how many servers, from which day to which; `entries` of them in detail.

    `quiet_offered`: they have seen the button by which they are left alone.
    """

    messages: int
    servers: int
    first: date | None
    last: date | None
    entries: int
    quiet_offered: bool = False
