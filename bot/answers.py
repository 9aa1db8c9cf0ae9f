"""What people ask for, answered as plain data: the use cases that commands and command line share."""

from dataclasses import dataclass
from datetime import date

from bot.carried import Carried
from bot.estimation.errors import EstimationError
from bot.estimation.estimator import Estimator
from bot.estimation.footprint import CountedCourtesy, Footprint, Reading, Request
from bot.estimation.impacts import Impact
from bot.estimation.methods import DEFAULT_METHOD
from bot.estimation.models import Model
from bot.estimation.ranges import Range
from bot.presentation.about import About
from bot.presentation.method import Explained
from bot.presentation.model_list import ANSWER_TOKENS, Row
from bot.presentation.reply import Reply

MAX_TEXT = 6000
"""Characters that Discord takes in one option of a command."""

TALKS_METHOD = "ecologits-2024"
TALKS_TOKENS = Range.exactly(170)
"""The e-mail that talks of 2024-2025 quoted, by GPT-4o."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The use cases. `prices_of` is the day whose list prices are shown."""

    estimator: Estimator
    prices_of: date

    def footprint(self, text: str, request: Request, attachments: int = 0) -> Reply:
        """Return the footprint of an answer to the text; `EstimationError` when it can't be estimated."""
        if len(text) > MAX_TEXT:
            raise EstimationError("error.text_too_long", length=len(text), most=MAX_TEXT)
        return self.reply(self.estimator.estimate(text, request), attachments)

    def reply(self, footprint: Footprint, attachments: int = 0) -> Reply:
        """Return a footprint with its everyday equivalents."""
        estimator = self.estimator
        return Reply(footprint, estimator.pictures(footprint), estimator.at_scale(footprint), attachments)

    def recall(self, carried: Carried) -> tuple[Reading, Request]:
        """Return what a reply's buttons carry, ready to be estimated again.

        `EstimationError` when the model has left EcoLogits' list or the button is an older version's.
        """
        model = self.estimator.models.by_short_id(carried.model)
        try:
            length = self.estimator.lengths.decode(carried.basis)
        except ValueError:
            length = None
        if model is None or length is None:
            raise EstimationError("error.gone_model")
        # courtesy has its line in the reply, so the buttons don't carry it
        reading = Reading(carried.read, length, CountedCourtesy(0, 0, only=False))
        return reading, Request(model=model.key, zone=carried.zone, effort=carried.effort)

    def explain(self, carried: Carried) -> Explained:
        """Return how the figures of a reply were made; `EstimationError` as for `recall`."""
        estimator = self.estimator
        return Explained(
            reply=self.reply(estimator.footprint(*self.recall(carried))),
            zone=estimator.zones.find(carried.zone),
            then=self._talks_mail(TALKS_METHOD),
            now=self._talks_mail(DEFAULT_METHOD),
            method=estimator.impacts.method(None).fact,
            lengths=estimator.length_facts["source"],
            lengths_date=estimator.length_facts["date"],
            method_factor=estimator.assumptions["method_factor"]["value"],
            prices_of=self.prices_of,
        )

    def models(self, query: str, limit: int) -> tuple[list[Row], int]:
        """Return the models that fit the query with the energy of an ordinary answer, and how many more do."""
        found = self.estimator.models.search(query, limit=len(self.estimator.models))
        return [(model, self._ordinary_energy(model)) for model in found[:limit]], max(0, len(found) - limit)

    def about(self) -> About:
        """Return what the page about the bot needs."""
        estimator = self.estimator
        facts = [*(one.fact for one in estimator.equivalents.values()), *estimator.assumptions.values()]
        return About(
            models=len(estimator.models),
            zones=len(estimator.zones.codes()),
            method_factor=estimator.assumptions["method_factor"]["value"],
            scale=estimator.scale,
            ademe_flight=estimator.equivalents["paris_nyc_return"].fact,
            sources=[estimator.impacts.method(None).fact, *facts],
        )

    def _talks_mail(self, method: str) -> Impact:
        impacts, model = self.estimator.impacts, self.estimator.models.find("openai/gpt-4o")
        zone = impacts.method(method).zone_of(model)
        return impacts.coefficients(model, zone, method).at(TALKS_TOKENS)

    def _ordinary_energy(self, model: Model) -> float:
        impacts = self.estimator.impacts
        zone = impacts.method(None).zone_of(model)
        lines = impacts.coefficients(model, zone, DEFAULT_METHOD)
        return lines.energy_wh.at(Range.exactly(ANSWER_TOKENS)).expected
