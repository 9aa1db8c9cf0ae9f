"""Footprints, comparisons, and what explains them: the use cases that commands and command line share."""

from dataclasses import dataclass

from bot.errors import UserError
from bot.estimation.comparison import Comparison
from bot.estimation.estimator import Estimator
from bot.estimation.footprint import NO_COURTESY, CountedCourtesy, Footprint, PromptAnalysis, Request
from bot.estimation.impacts import model_lists
from bot.estimation.phrasings import Phrasings
from bot.usecases import comparisons, evidence, model_energies, trainings
from bot.usecases.records.estimates import About, Checks, EstimateKey, Explained, ModelEnergy, Reply
from bot.usecases.records.trainings import AverageUse, Overview, Page

MAX_TEXT = 6000
"""Characters that Discord takes in one option of a command."""


@dataclass(frozen=True, slots=True)
class Estimates:
    """The use cases."""

    estimator: Estimator

    def is_ready(self, request: Request) -> bool:
        """Tell whether an estimate for the request needs no file; `UserError` for an unknown model."""
        return self.estimator.is_ready(self.estimator.model(request.model))

    def prepare(self, request: Request) -> None:
        """Load the vocabulary that the request needs; half a second the first time, so not on an event loop."""
        self.estimator.prepare(self.estimator.model(request.model))

    def zones(self) -> list[str]:
        """Return the codes of the zones there are."""
        return self.estimator.zones.codes()

    def footprint(self, text: str, request: Request, attachments: int = 0, notice: str | None = None) -> Reply:
        """Return the footprint of an answer to the text; `UserError` when it can't be estimated."""
        _check_length(text)
        return self.reply(self.estimator.estimate(text, request), attachments, notice)

    def reply(self, footprint: Footprint, attachments: int = 0, notice: str | None = None) -> Reply:
        """Return a footprint with its everyday equivalents."""
        estimator = self.estimator
        return Reply(
            footprint,
            estimator.equivalences(footprint),
            estimator.at_scale(footprint),
            estimator.sizes.for_energy(footprint.impact.energy_wh.expected),
            attachments,
            notice,
            estimator.notes(footprint.model),
        )

    def recall(self, carried: EstimateKey) -> tuple[PromptAnalysis, Request]:
        """Return what a reply's buttons carry, ready to be estimated again.

        `UserError` when the model has left EcoLogits' list or the button is an older version's.
        """
        model = self.estimator.models.by_short_id(carried.model)
        try:
            length = self.estimator.lengths.decode(carried.basis)
        except ValueError:
            length = None
        if model is None or length is None:
            raise UserError("error.gone_model")
        # courtesy has its line in the reply, so the buttons don't carry it
        reading = PromptAnalysis(carried.read, length, NO_COURTESY, carried.mix)
        return reading, Request(model=model.key, zone=carried.zone, effort=carried.effort)

    def again(self, carried: EstimateKey, attachments: int = 0, courtesy: CountedCourtesy = NO_COURTESY) -> Reply:
        """Return the reply whose buttons carry this; `UserError` as for `recall`."""
        reading, request = self.recall(carried)
        return self.reply(self.estimator.footprint(reading._replace(courtesy=courtesy), request), attachments)

    def explain(self, carried: EstimateKey) -> Explained:
        """Return how the figures of a reply were made; `UserError` as for `recall`."""
        return evidence.explain(self.estimator, carried, self.again(carried))

    def checks(self) -> Checks:
        """Return our estimates beside published and measured figures, and how EcoLogits does against GPUs."""
        return evidence.checks(self.estimator)

    def about(self) -> About:
        """Return what the page about the bot needs."""
        return evidence.about(self.estimator)

    def compare(self, text: str, models: str) -> Comparison:
        """Return the models named, or the usual ones, side by side.

        `UserError` for a text that can't be estimated, an unknown model, too many of them.
        """
        _check_length(text)
        return comparisons.of_text(self.estimator, text, models)

    def one_model(self, models: str) -> str | None:
        """Return the key of the one model named in a line, None for an empty one; `UserError` for more."""
        named = model_lists.read(self.estimator.models, models)
        if len(named) > 1:
            raise UserError("error.one_model")
        return named[0].key if named else None

    def phrasings(self, first: str, second: str, request: Request) -> Phrasings:
        """Return two texts asked the same way; `UserError` when one can't be estimated."""
        _check_length(first)
        _check_length(second)
        return Phrasings(self.estimator.estimate(first, request), self.estimator.estimate(second, request))

    def compare_again(self, carried: EstimateKey) -> Comparison:
        """Return the usual models beside that of a reply; `UserError` as for `recall`."""
        return comparisons.of_reply(self.estimator, *self.recall(carried))

    @property
    def ordinary_tokens(self) -> int:
        """Return the tokens of an ordinary answer."""
        return model_energies.ordinary_tokens(self.estimator)

    def models(self, query: str, limit: int) -> tuple[list[ModelEnergy], int]:
        """Return the models that fit the query with the energy of an ordinary answer, and how many more do.

        `UserError` for a known model that EcoLogits lacks.
        """
        return model_energies.search(self.estimator, query, limit)

    def training(self, model: str, answer: AverageUse | None = None) -> Page:
        """Return what a training took, beside answers of so much energy (Wh; an ordinary one where none is given).

        `UserError` for a model whose training nobody published.
        """
        return trainings.page(self.estimator, model, answer)

    def trainings(self, answer: AverageUse | None = None) -> Overview:
        """Return a handful of trainings, beside answers of so much energy (Wh; an ordinary one by default)."""
        return trainings.overview(self.estimator, answer)


def _check_length(text: str) -> None:
    if len(text) > MAX_TEXT:
        raise UserError("error.text_too_long", length=len(text), most=MAX_TEXT)
