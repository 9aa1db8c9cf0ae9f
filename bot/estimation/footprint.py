"""What one answer takes, as plain data with its ranges."""

from dataclasses import dataclass
from typing import NamedTuple

from bot.estimation.answer_length.predictor import LengthPrediction
from bot.estimation.impacts.coefficients import Impact
from bot.estimation.impacts.model import Model
from bot.estimation.impacts.reasoning import Factor
from bot.estimation.ranges import Range
from bot.estimation.text_mix import ENGLISH, TextMix


@dataclass(frozen=True, slots=True)
class Request:
    """What an estimate is asked for; None means the default."""

    model: str | None = None
    zone: str | None = None
    method: str | None = None
    answer_tokens: int | None = None
    effort: str | None = None


class CountedCourtesy(NamedTuple):
    """Courtesy of one message: expressions counted, the tokens they take, whether there is nothing else."""

    words: int
    tokens: int
    only: bool


NO_COURTESY = CountedCourtesy(0, 0, only=False)


class CourtesyCosts(NamedTuple):
    """What a message's courtesy takes: Wh, g CO2e, and USD (None without a list price)."""

    energy_wh: float
    gwp_g: float
    cost_usd: float | None


NO_COURTESY_COSTS = CourtesyCosts(0.0, 0.0, 0.0)


class PromptAnalysis(NamedTuple):
    """What is known of a text once it was read; the text itself isn't needed any more.

    `basis` says how long an answer any model would write; None only where the length is given. `prompt_tokens` are
    those of the model it was read for, `mix` what the text is made of.
    """

    prompt_tokens: int
    basis: LengthPrediction | None
    courtesy: CountedCourtesy
    mix: TextMix = ENGLISH


class Footprint(NamedTuple):
    """One answer: tokens read and written, impacts, cost at list price (None when unknown).

    `answer_tokens` are all the tokens written, hidden reasoning included; `visible_tokens` leaves it out.
    `input_energy_wh` is apart because EcoLogits ignores input. `warnings` are codes for the catalogues.
    """

    model: Model
    zone: str
    method: str
    reading: PromptAnalysis
    answer_tokens: Range
    visible_tokens: Range
    length_given: bool
    reasoning: Factor | None
    impact: Impact
    input_energy_wh: Range
    cost_usd: float | None
    courtesy_costs: CourtesyCosts
    warnings: tuple[str, ...]

    @property
    def prompt_tokens(self) -> int:
        """Return the tokens of the message, counted."""
        return self.reading.prompt_tokens

    @property
    def courtesy(self) -> CountedCourtesy:
        """Return the message's courtesy."""
        return self.reading.courtesy
