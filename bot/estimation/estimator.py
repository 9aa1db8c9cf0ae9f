"""Text in, footprint out: all facts and models loaded once, then only arithmetic."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.errors import UserError
from bot.estimation.answer_length.predictor import AnswerLength
from bot.estimation.answer_length.tables import LengthFile
from bot.estimation.facts import equivalents, fact, publishers
from bot.estimation.facts.assumptions import Assumption, load_assumptions
from bot.estimation.facts.checks import Measured
from bot.estimation.facts.equivalents import Equivalence, Equivalent
from bot.estimation.facts.proxies import load_proxies
from bot.estimation.facts.publishers import Publisher
from bot.estimation.facts.retention import Retention
from bot.estimation.facts.scale import AtScale, Scale
from bot.estimation.facts.sizes import Sizes
from bot.estimation.facts.trainings import Trainings
from bot.estimation.footprint import Footprint, PromptAnalysis, Request
from bot.estimation.impacts import methods
from bot.estimation.impacts.coefficients import Impacts
from bot.estimation.impacts.model import Model
from bot.estimation.impacts.models import Models
from bot.estimation.impacts.prices import Prices
from bot.estimation.impacts.reasoning import Reasoning
from bot.estimation.impacts.zones import Zones
from bot.estimation.notes import Note, notes_of
from bot.estimation.prompt_reader import PromptReader
from bot.estimation.request_resolver import RequestResolver
from bot.estimation.resolved_estimate import ResolvedEstimate
from bot.estimation.tokenizer_ratios import TokenizerRatios
from bot.estimation.tokens import Tokenizers

MAX_ANSWER_TOKENS = 10_000_000
"""More than any model writes in one go; beyond it a number is a slip of the keyboard."""


@dataclass(frozen=True, slots=True)
class Estimator:
    """Everything that an estimate needs. Nothing in here reads a clock, a database or the network."""

    models: Models
    zones: Zones
    impacts: Impacts
    tokenizers: Tokenizers
    lengths: AnswerLength
    reasoning: Reasoning
    prices: Prices
    scale: Scale
    equivalents: Mapping[str, Equivalent]
    assumptions: Mapping[str, Assumption]
    length_facts: LengthFile
    trainings: Trainings
    measured: Measured
    publishers: tuple[Publisher, ...]
    sizes: Sizes
    retention: Retention
    proxies: Mapping[int, str]
    reader: PromptReader
    resolver: RequestResolver

    @classmethod
    def load(cls, config_dir: Path, vocabulary_dir: Path, clock: Callable[[], datetime]) -> "Estimator":
        """Read `config/`; `ConfigError` names the file that can't be read. Vocabularies load when first needed.

        `clock` tells the time by UTC: list prices follow the day.
        """
        zones, assumptions = Zones(), load_assumptions(config_dir)
        ratios, lengths = TokenizerRatios.load(config_dir), AnswerLength.load(config_dir)
        models, reasoning, prices = Models.load(config_dir, ratios), Reasoning.load(config_dir), Prices(clock)
        impacts, tokenizers = Impacts(methods.load(config_dir), zones), Tokenizers.load(config_dir, vocabulary_dir)
        return cls(
            models=models,
            zones=zones,
            impacts=impacts,
            tokenizers=tokenizers,
            lengths=lengths,
            reasoning=reasoning,
            prices=prices,
            reader=PromptReader(tokenizers, ratios.mixes, lengths, lengths.courtesy),
            resolver=RequestResolver(models, zones, impacts, reasoning, prices, assumptions),
            scale=Scale.from_assumptions(assumptions),
            equivalents=equivalents.load_equivalents(config_dir),
            assumptions=assumptions,
            length_facts=fact.load(config_dir, "answer_length", LengthFile),
            trainings=Trainings.load(config_dir),
            measured=Measured.load(config_dir),
            publishers=publishers.load(config_dir),
            sizes=Sizes.load(config_dir),
            retention=Retention.load(config_dir),
            proxies=load_proxies(config_dir),
        )

    def model(self, wanted: str | None) -> Model:
        """Return the model asked for, or the default one; `UserError` when there is none of that name."""
        return self.resolver.model(wanted)

    def prepare(self, model: Model) -> None:
        """Load the vocabulary that the model needs; half a second the first time, so not on an event loop."""
        self.tokenizers.prepare(model.encoding)

    def is_ready(self, model: Model) -> bool:
        """Tell whether an estimate for this model needs no file."""
        return self.tokenizers.is_ready(model.encoding)

    def estimate(self, text: str, request: Request) -> Footprint:
        """Return the footprint of an answer to the text.

        Raises `UserError` for a blank text, an unknown model, zone or method, a token count out of range.
        """
        if not text.strip():
            raise UserError("error.blank_text")
        return self.footprint(self.read(text, self.model(request.model)), request)

    def read(self, text: str, model: Model) -> PromptAnalysis:
        """Count the text's tokens and its courtesy, and find what its answer's length depends on."""
        return self.reader.read(text, model)

    def count(self, text: str, model: Model) -> int:
        """Return the tokens that a text is to the model, by its own vocabulary or its measured ratio."""
        return self.reader.count(text, model)

    def choose(self, request: Request) -> ResolvedEstimate:
        """Return what the request comes to; `UserError` for what is unknown or can't be combined."""
        return self.resolver.resolve(request)

    def footprint(self, reading: PromptAnalysis, request: Request) -> Footprint:
        """Return the footprint of an answer to a text read before."""
        resolved, tokens = self.choose(request), request.answer_tokens
        if tokens is None:
            return resolved.predicted(reading)
        if not 0 < tokens <= MAX_ANSWER_TOKENS:
            raise UserError("error.answer_tokens", most=MAX_ANSWER_TOKENS)
        return resolved.given(reading, tokens)

    def equivalences(self, footprint: Footprint) -> list[Equivalence]:
        """Return the everyday equivalents that fit the footprint's size."""
        impact = footprint.impact
        amounts = {"energy": impact.energy_wh.expected, "gwp": impact.gwp_g.expected}
        if impact.water_ml:
            amounts["water"] = impact.water_ml.expected
        return equivalents.pick(self.equivalents.values(), amounts)

    def equivalence_of(self, energy_wh: float) -> Equivalence | None:
        """Return the one everyday equivalent that fits an energy (Wh) best; None when none does."""
        return next(iter(equivalents.pick(self.equivalents.values(), {"energy": energy_wh}, count=1)), None)

    def at_scale(self, footprint: Footprint) -> AtScale:
        """Return what it would come to if one per cent of the world asked it daily for a year."""
        return self.scale.for_gwp(footprint.impact.gwp_g.expected)

    def notes(self, model: Model) -> tuple[Note, ...]:
        """Return what is to be said of the model today beside its figures."""
        return notes_of(model, self.models, self.prices.day)
