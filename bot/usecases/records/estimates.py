"""What estimates are answered with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Self

from bot.estimation.answer_length.tables import DataSource
from bot.estimation.facts.assumptions import Assumption
from bot.estimation.facts.checks import Check, Crosscheck
from bot.estimation.facts.equivalents import Equivalence, EquivalentFact
from bot.estimation.facts.publishers import Published
from bot.estimation.facts.scale import AtScale, Scale
from bot.estimation.facts.sizes import Size
from bot.estimation.footprint import Footprint
from bot.estimation.impacts.coefficients import Impact
from bot.estimation.impacts.methods import MethodFact
from bot.estimation.impacts.model import Model
from bot.estimation.impacts.model_facts import ModelSource
from bot.estimation.impacts.thinking import Thinking
from bot.estimation.impacts.zones import Zone
from bot.estimation.notes import Note
from bot.estimation.text_mix import ENGLISH, TextMix


@dataclass(frozen=True, slots=True)
class EstimateKey:
    """What it takes to estimate again: model (short id), zone, tokens read, what the answer's length rests on.

    `effort` is None unless one was chosen; `mix` says what the text is made of, which earlier versions' buttons lack.
    No text.
    """

    model: str
    zone: str
    read: int
    basis: str
    effort: str | None = None
    mix: TextMix = ENGLISH

    @classmethod
    def from_footprint(cls, footprint: Footprint, effort: str | None) -> Self:
        """Return the key of this footprint."""
        basis = footprint.reading.basis
        assert basis is not None, "a reply in Discord always predicts the length"
        reading, model = footprint.reading, footprint.model
        return cls(model.short_id, footprint.zone, footprint.prompt_tokens, basis.encode(), effort, reading.mix)


@dataclass(frozen=True, slots=True)
class Reply:
    """All that a reply shows: the footprint, its everyday equivalents, what it comes to at scale, its class of size.

    `notice` is the key of a sentence about the request, None for none; `notes` are about the model.
    """

    footprint: Footprint
    equivalences: list[Equivalence]
    at_scale: AtScale
    size: Size
    attachments: int = 0
    notice: str | None = None
    notes: tuple[Note, ...] = ()


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
    method: MethodFact
    lengths: tuple[DataSource, ...]
    lengths_date: str
    method_factor: float
    crosscheck: Crosscheck
    input_share: Assumption
    prices_of: date
    thinking: tuple[Thinking, ModelSource] | None = None


class ModelEnergy(NamedTuple):
    """A model and the energy of an ordinary answer, in Wh; of one that thinks before, its thinking included."""

    model: Model
    energy_wh: float
    thinks: bool = False


class Checks(NamedTuple):
    """Our estimates beside published and measured figures, and how EcoLogits does against GPUs."""

    checks: Sequence[Check]
    crosscheck: Crosscheck


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
    crosscheck: Crosscheck
    input_share: Assumption
    scale: Scale
    ademe_flight: EquivalentFact
    published: Sequence[Published]
    others: int
    sizes: Sequence[Size]
