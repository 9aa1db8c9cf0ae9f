"""What queries give: sums, boards, days, what is kept of somebody."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from bot.estimation.ranges import Range
from bot.ledger.periods import Period

MEMBERS, CHANNELS = "members", "channels"
METRICS = ("energy", "co2", "water", "messages", "courtesy")
"""What a board is of, and what it goes by: Wh, g CO2e, mL, messages, courtesy expressions."""


@dataclass(frozen=True, slots=True)
class AiAnswers:
    """Sums of the answers that were measured: visible tokens; Wh, g CO2e, mL (None where none had any)."""

    messages: int
    answer_tokens: int
    energy_wh: Range
    gwp_g: Range
    water_ml: Range | None


@dataclass(frozen=True, slots=True)
class Prediction:
    """How predicted lengths did against measured ones; None where there are no pairs of both.

    `median_ratio` is predicted by measured, `within_2` the share of pairs within a factor of 2, `coverage` that of
    answers between the predicted low and high.
    """

    pairs: int
    median_ratio: float | None
    within_2: float | None
    coverage: float | None


NO_AI_ANSWERS = AiAnswers(0, 0, Range.exactly(0.0), Range.exactly(0.0), None)
NO_PREDICTION = Prediction(0, None, None, None)


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
    `ai_answers` are part of all of them.
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
    ai_answers: AiAnswers = NO_AI_ANSWERS
    prediction: Prediction = NO_PREDICTION


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
    """One day's sums, by the names of `DAILY_SUMS`: Wh, g CO2e, mL, USD, and plain numbers.

    Those of `MEASURED_SUMS`, the part of it that was measured, have `measured_` before their names.
    """

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
