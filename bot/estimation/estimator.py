"""Text in, footprint out: all facts and models loaded once, then only arithmetic."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.errors import UserError
from bot.estimation import words
from bot.estimation.answer_length.predictor import AnswerLength
from bot.estimation.courtesy import Courtesy, CourtesyDetector
from bot.estimation.facts import equivalents, fact, publishers
from bot.estimation.facts.assumptions import Assumption, load_assumptions
from bot.estimation.facts.checks import Measured
from bot.estimation.facts.equivalents import Equivalence, Equivalent
from bot.estimation.facts.publishers import Publisher
from bot.estimation.facts.retention import Retention
from bot.estimation.facts.scale import AtScale, Scale
from bot.estimation.facts.sizes import Sizes
from bot.estimation.facts.trainings import Trainings
from bot.estimation.footprint import NO_COURTESY, CountedCourtesy, Footprint, PromptAnalysis, Request
from bot.estimation.impacts import methods
from bot.estimation.impacts.coefficients import Coefficients, Impacts
from bot.estimation.impacts.model import Model
from bot.estimation.impacts.models import Models
from bot.estimation.impacts.prices import Prices
from bot.estimation.impacts.reasoning import Factor, Reasoning
from bot.estimation.impacts.zones import Zones
from bot.estimation.notes import Note, notes_of
from bot.estimation.resolved_estimate import ResolvedEstimate
from bot.estimation.text_mix import MixReader, TextMix
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
    mixes: MixReader
    lengths: AnswerLength
    reasoning: Reasoning
    courtesy: CourtesyDetector
    prices: Prices
    scale: Scale
    equivalents: Mapping[str, Equivalent]
    assumptions: Mapping[str, Assumption]
    length_facts: Mapping[str, Any]
    trainings: Trainings
    measured: Measured
    publishers: tuple[Publisher, ...]
    sizes: Sizes
    retention: Retention
    _choices: dict[tuple[str, str, str, str | None], ResolvedEstimate] = field(default_factory=dict, repr=False)

    @classmethod
    def load(cls, config_dir: Path, vocabulary_dir: Path, clock: Callable[[], datetime]) -> "Estimator":
        """Read `config/`; `ConfigError` names the file that can't be read. Vocabularies load when first needed.

        `clock` tells the time by UTC: list prices follow the day.
        """
        zones, assumptions = Zones(), load_assumptions(config_dir)
        ratios, lengths = TokenizerRatios.load(config_dir), AnswerLength.load(config_dir)
        return cls(
            models=Models.load(config_dir, ratios),
            zones=zones,
            impacts=Impacts(methods.load(config_dir), zones),
            tokenizers=Tokenizers.load(config_dir, vocabulary_dir),
            mixes=ratios.mixes,
            lengths=lengths,
            reasoning=Reasoning.load(config_dir),
            courtesy=lengths.courtesy,
            prices=Prices(clock),
            scale=Scale.from_assumptions(assumptions),
            equivalents=equivalents.load_equivalents(config_dir),
            assumptions=assumptions,
            length_facts=fact.read(config_dir, "answer_length"),
            trainings=Trainings.load(config_dir),
            measured=Measured.load(config_dir),
            publishers=publishers.load(config_dir),
            sizes=Sizes.load(config_dir),
            retention=Retention.load(config_dir),
        )

    def prepare(self, model: Model) -> None:
        """Load the vocabulary that the model needs; half a second the first time, so not on an event loop."""
        self.tokenizers.prepare(model.encoding)

    def is_ready(self, model: Model) -> bool:
        """Tell whether an estimate for this model needs no file."""
        return self.tokenizers.is_ready(model.encoding)

    def model(self, wanted: str | None) -> Model:
        """Return the model asked for, or the default one; `UserError` when there is none of that name."""
        return self.models.find(wanted) if wanted else self.models.default

    def estimate(self, text: str, request: Request) -> Footprint:
        """Return the footprint of an answer to the text.

        Raises `UserError` for a blank text, an unknown model, zone or method, a token count out of range.
        """
        if not text.strip():
            raise UserError("error.blank_text")
        return self.footprint(self.read(text, self.model(request.model)), request)

    def read(self, text: str, model: Model) -> PromptAnalysis:
        """Count the text's tokens and its courtesy, and find what its answer's length depends on."""
        split = words.split(text, self.lengths.doubled)
        courtesy = self.courtesy.find(split, text)
        mix = self.mixes.read(split, text)
        basis = self.lengths.basis(split, text, courtesy)
        return PromptAnalysis(self._count(text, model, mix), basis, self._counted(courtesy, model, mix), mix)

    def footprint(self, reading: PromptAnalysis, request: Request) -> Footprint:
        """Return the footprint of an answer to a text read before."""
        choice, tokens = self.choose(request), request.answer_tokens
        if tokens is None:
            return choice.predicted(reading)
        if not 0 < tokens <= MAX_ANSWER_TOKENS:
            raise UserError("error.answer_tokens", most=MAX_ANSWER_TOKENS)
        return choice.given(reading, tokens)

    def choose(self, request: Request) -> ResolvedEstimate:
        """Return what the request comes to, worked out the first time (about 2 ms).

        What is kept is bounded by EcoLogits' own lists. Raises `UserError` for what is unknown or can't be
        combined.
        """
        model = self.model(request.model)
        method = self.impacts.method(request.method)
        zone = self.zones.find(request.zone).code if request.zone else method.zone_of(model)
        method.check(model, zone)
        key = (model.key, zone, method.id, request.effort)
        if key not in self._choices:
            self._choices[key] = self._work_out(model, zone, method.id, request.effort)
        return self._choices[key]

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
        return self.scale.of(footprint.impact.gwp_g.expected)

    def _work_out(self, model: Model, zone: str, method: str, effort: str | None) -> ResolvedEstimate:
        lines = self.impacts.coefficients(model, zone, method)
        return ResolvedEstimate(
            model=model,
            zone=zone,
            method=method,
            lines=lines,
            reasoning=self._reasoning(model, effort),
            prices=self.prices,
            read_token_wh=lines.energy_wh.per_token() * self.assumptions["input_token"].range,
            warnings=self._warnings(model, zone, method, lines),
        )

    def _reasoning(self, model: Model, effort: str | None) -> Factor | None:
        efforts = self.reasoning.efforts(model.key)
        if effort is not None and effort not in efforts:
            if not efforts:
                raise UserError("error.no_effort", model=model.title)
            raise UserError("error.effort", model=model.title, effort=effort[:20], efforts=", ".join(efforts))
        return self.reasoning.factor(model.key, effort)

    def notes(self, model: Model) -> tuple[Note, ...]:
        """Return what is to be said of the model today beside its figures."""
        return notes_of(model, self.models, self.prices.day)

    def _count(self, text: str, model: Model, mix: TextMix) -> int:
        """Return the tokens that the model reads: counted where its tokenizer is there, else by its measured ratio."""
        tokens = self.tokenizers.count(text, model.encoding)
        return tokens if model.tokenizer.encoding else max(1, round(tokens * model.tokenizer.ratio(mix)))

    def _counted(self, courtesy: Courtesy, model: Model, mix: TextMix) -> CountedCourtesy:
        if not courtesy.words:
            return NO_COURTESY
        tokens = sum(self._count(f" {expression}", model, mix) for expression in courtesy.expressions)
        return CountedCourtesy(courtesy.words, tokens, courtesy.only)

    def _warnings(self, model: Model, zone: str, method: str, lines: Coefficients) -> tuple[str, ...]:
        codes = ["tokens-approximate"] if model.approximate_tokens else []
        codes += model.warnings
        if method == methods.DEFAULT_METHOD:
            codes += self.zones.find(zone).warnings
        missing = {
            "water": lines.water_ml,
            "primary-energy": lines.primary_energy_kj,
            "metals": lines.adpe_ug,
        }
        codes += [f"no-{name}" for name, line in missing.items() if line is None]
        return tuple(codes)
