"""Each item of `config/quiz.toml` as an amount with its range and sources; what is no longer known is left out."""

from collections.abc import Iterator
from dataclasses import replace

from bot.errors import ConfigError, UserError
from bot.estimation.estimator import Estimator
from bot.estimation.facts import equivalents, quiz_items
from bot.estimation.facts.fact import Fact
from bot.estimation.facts.politeness_facts import PolitenessFacts
from bot.estimation.facts.quiz_items import QuizItem, QuizItems
from bot.estimation.facts.training_facts import Training
from bot.estimation.impacts.methods import DEFAULT_METHOD
from bot.estimation.ranges import Range
from bot.usecases.records.quiz import Thing

CHATGPT_DAY = "chatgpt_day"
WH_PER_KWH = 1e3
KEYS = {"energy": "energy_wh", "gwp": "gwp_g", "water": "water_ml"}
"""What each dimension is called in facts and impacts, in Wh, g CO2e and mL."""


class Things:
    """Makes things of items. `politeness` are the facts of `config/politeness.toml`."""

    def __init__(self, estimator: Estimator, items: QuizItems, politeness: PolitenessFacts) -> None:
        self._estimator, self._items, self._politeness = estimator, items, politeness
        self._method_factor = float(estimator.assumptions["method_factor"].value)
        self._makers = {
            quiz_items.EQUIVALENT: self._equivalent,
            quiz_items.ANSWERS: self._answers,
            quiz_items.TRAINING: self._training,
            quiz_items.REFERENCE: self._reference,
            quiz_items.POLITENESS: self._thanks,
            quiz_items.MEASURED: self._measured,
        }

    def all(self) -> list[Thing]:
        """Return a thing for each item and dimension known; `ConfigError` for a fact that isn't there."""
        try:
            made = [thing for item in self._items.items for thing in self._makers[item.kind](item)]
        except KeyError as error:
            raise ConfigError("quiz.toml", str(error)) from error
        return [self._named(thing) for thing in made if thing.dimension in thing.item.dimensions]

    def _named(self, thing: Thing) -> Thing:
        """Return the thing with its sources under few short names, where those say enough: readers have seconds."""
        if thing.item.kind not in (quiz_items.EQUIVALENT, quiz_items.ANSWERS):
            return thing
        return replace(
            thing, facts=tuple(fact.model_copy(update={"source": self._source(fact)}) for fact in thing.facts)
        )

    def _source(self, fact: Fact) -> str:
        if fact.via:
            return fact.source  # the address is that of who quotes it, who is named beside it
        known = (one.name for one in self._estimator.publishers if fact.url.startswith(one.at))
        return next(known, fact.source.partition(";")[0])

    def _equivalent(self, item: QuizItem) -> Iterator[Thing]:
        one = self._estimator.equivalents[item.of]
        to_base, amount = one.value / one.fact.value, Range.exactly(one.value)
        low, high = one.fact.low, one.fact.high
        ranged = False
        if low is not None and high is not None:
            ranged = True
            amount = Range(low * to_base, one.value, high * to_base)
        amount = _times(amount, item.count)
        subject = equivalents.picture(one, amount.expected)
        certain = amount if ranged else self._widened(amount)
        yield Thing(item, one.dimension, amount, certain, ranged, (one.fact,), subject)

    def _answers(self, item: QuizItem) -> Iterator[Thing]:
        impacts = self._estimator.impacts
        try:
            model = self._estimator.models.find(item.of)
        except UserError:  # it has left EcoLogits' list
            return
        method = impacts.method(None)
        found = impacts.coefficients(model, method.zone_of(model), DEFAULT_METHOD).at(Range.exactly(item.tokens))
        for dimension, key in KEYS.items():
            if amount := getattr(found, key):
                amount = _times(amount, item.count)
                certain = _widened(amount, self._method_factor)
                yield Thing(item, dimension, amount, certain, ranged=True, facts=(method.fact,), subject=model)

    def _training(self, item: QuizItem) -> Iterator[Thing]:
        training = self._estimator.trainings[item.of]
        for dimension, key in KEYS.items():
            if amount := getattr(training, key):
                yield self._published(item, dimension, amount, training.fact, subject=training)

    def _reference(self, item: QuizItem) -> Iterator[Thing]:
        references = self._estimator.trainings.references
        if item.of == CHATGPT_DAY:
            prompts, wh = references["chatgpt_prompts_per_day"], references["chatgpt_prompt_wh"]
            yield self._published(item, "energy", prompts.value * wh.value, prompts, wh)
            return
        year = references[item.of]
        yield self._published(item, "energy", year.value * WH_PER_KWH, year)

    def _thanks(self, item: QuizItem) -> Iterator[Thing]:
        fact = self._politeness.figures[item.of]
        yield self._published(item, "energy", fact.value, fact)

    def _measured(self, item: QuizItem) -> Iterator[Thing]:
        entry = self._estimator.measured.entries[item.of]
        for dimension, key in KEYS.items():
            if (value := getattr(entry, key, None)) is not None:
                yield self._published(item, dimension, value, entry)

    def _published(
        self, item: QuizItem, dimension: str, value: float, *facts: Fact, subject: Training | None = None
    ) -> Thing:
        amount = Range.exactly(float(value) * item.count)
        return Thing(item, dimension, amount, self._widened(amount), ranged=False, facts=facts, subject=subject)

    def _widened(self, amount: Range) -> Range:
        return _widened(amount, self._items.margin)


def _times(amount: Range, count: int) -> Range:
    return Range(*(value * count for value in amount))


def _widened(amount: Range, factor: float) -> Range:
    return Range(amount.low / factor, amount.expected, amount.high * factor)
