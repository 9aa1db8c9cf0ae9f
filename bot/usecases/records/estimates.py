"""What estimates are answered with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Self

from bot.estimation.facts.checks import Check
from bot.estimation.facts.equivalents import Equivalence
from bot.estimation.facts.fact import Fact
from bot.estimation.facts.publishers import Published
from bot.estimation.facts.scale import AtScale, Scale
from bot.estimation.facts.sizes import Size
from bot.estimation.footprint import Footprint
from bot.estimation.impacts.coefficients import Impact
from bot.estimation.impacts.models import Model
from bot.estimation.impacts.zones import Zone

ANSWER_TOKENS = 400
"""One ordinary answer: EcoLogits Calculator's preset for a short conversation."""


@dataclass(frozen=True, slots=True)
class EstimateKey:
    """What it takes to estimate again: model (short id), zone, tokens read, what the answer's length rests on.

    `effort` is None unless one was chosen. No text.
    """

    model: str
    zone: str
    read: int
    basis: str
    effort: str | None = None

    @classmethod
    def of(cls, footprint: Footprint, effort: str | None) -> Self:
        """Return the key of this footprint."""
        basis = footprint.reading.basis
        assert basis is not None, "a reply in Discord always predicts the length"
        return cls(footprint.model.short_id, footprint.zone, footprint.prompt_tokens, basis.encode(), effort)


@dataclass(frozen=True, slots=True)
class Reply:
    """All that a reply shows: the footprint, its everyday equivalents, what it comes to at scale.

    `notice` is the key of a sentence about the request, None for none.
    """

    footprint: Footprint
    equivalences: list[Equivalence]
    at_scale: AtScale
    attachments: int = 0
    notice: str | None = None


@dataclass(frozen=True, slots=True)
class Explained:
    """What the explanation needs beside the reply itself.

    `then` and `now` are the talks' mail (GPT-4o, 170 tokens) by the old and the installed method; `crosscheck` says
    how EcoLogits compares with measured GPUs, `input_share` what part of a written token a token read takes.
    """

    reply: Reply
    zone: Zone
    then: Impact
    now: Impact
    method: Fact
    lengths: Sequence[Fact]
    lengths_date: str
    method_factor: float
    crosscheck: Fact
    input_share: Fact
    prices_of: date


class ModelEnergy(NamedTuple):
    """A model and the energy of an ordinary answer, in Wh; of one that thinks before, its thinking included."""

    model: Model
    energy_wh: float
    thinks: bool = False


class Checks(NamedTuple):
    """Our estimates beside published and measured figures, and how EcoLogits does against GPUs."""

    checks: Sequence[Check]
    crosscheck: Fact


@dataclass(frozen=True, slots=True)
class About:
    """What the page about the bot needs: counts, assumptions, and who published the facts.

    `without_primary_energy` and `without_metals` are zones whose data can't be used for that; `others` are facts
    whose publishers aren't named.
    """

    models: int
    zones: int
    without_primary_energy: int
    without_metals: int
    method_factor: float
    crosscheck: Fact
    input_share: Fact
    scale: Scale
    ademe_flight: Fact
    published: Sequence[Published]
    others: int
    sizes: Sequence[Size]
