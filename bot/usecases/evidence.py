"""What defends the figures: how a reply was made, our estimates beside measured ones, and what the bot rests on."""

from bot.estimation.estimator import Estimator
from bot.estimation.facts import publishers
from bot.estimation.facts.fact import Fact
from bot.estimation.impacts.coefficients import Impact
from bot.estimation.impacts.methods import DEFAULT_METHOD
from bot.estimation.impacts.model_facts import ModelSource
from bot.estimation.impacts.thinking import Thinking
from bot.estimation.ranges import Range
from bot.usecases.records.estimates import About, Checks, EstimateKey, Explained, Reply

TALKS_METHOD = "ecologits-2024"


def explain(estimator: Estimator, carried: EstimateKey, reply: Reply) -> Explained:
    """Return how the figures of a reply were made, of what its buttons carry."""
    then, now = talks_mail(estimator)
    return Explained(
        reply=reply,
        zone=estimator.zones.find(carried.zone),
        then=then,
        now=now,
        method=estimator.impacts.method(None).fact,
        lengths=estimator.length_facts.source,
        lengths_date=estimator.length_facts.date,
        method_factor=estimator.assumptions["method_factor"].value,
        crosscheck=estimator.measured.crosscheck,
        input_share=estimator.assumptions["input_token"],
        prices_of=estimator.prices.day,
        thinking=_thinking(estimator, carried.model),
    )


def talks_mail(estimator: Estimator) -> tuple[Impact, Impact]:
    """Return the impacts of the mail that talks quoted, by the method of that time and by the installed one."""
    impacts, model = estimator.impacts, estimator.models.find("openai/gpt-4o")
    methods = (impacts.method(TALKS_METHOD), impacts.method(DEFAULT_METHOD))
    coefficients = [impacts.coefficients(model, method.zone_of(model), method.id) for method in methods]
    mail = Range.exactly(estimator.assumptions["talks_mail"].value)
    return coefficients[0].at(mail), coefficients[1].at(mail)


def checks(estimator: Estimator) -> Checks:
    """Return our estimates beside published and measured figures, and how EcoLogits does against GPUs."""
    return Checks(estimator.measured.checks(estimator.models, estimator.impacts), estimator.measured.crosscheck)


def about(estimator: Estimator) -> About:
    """Return what the page about the bot needs."""
    zones = [estimator.zones.find(code) for code in estimator.zones.codes()]
    published, others = publishers.grouped(_facts(estimator), estimator.publishers)
    return About(
        models=len(estimator.models),
        zones=len(zones),
        without_primary_energy=sum(not zone.has_primary_energy for zone in zones),
        without_metals=sum(not zone.has_metals for zone in zones),
        method_factor=estimator.assumptions["method_factor"].value,
        crosscheck=estimator.measured.crosscheck,
        input_share=estimator.assumptions["input_token"],
        scale=estimator.scale,
        ademe_flight=estimator.equivalents["paris_nyc_return"].fact,
        published=published,
        others=others,
        sizes=estimator.sizes.classes,
    )


def _thinking(estimator: Estimator, short_id: str) -> tuple[Thinking, ModelSource] | None:
    """Return what is documented of a model's thinking, and where."""
    model = estimator.models.by_short_id(short_id)
    found = estimator.reasoning.documented(model.key) if model else None
    return (found, estimator.models.sources[found.source]) if found else None


def _facts(estimator: Estimator) -> list[Fact]:
    """Return all dated facts that replies are made of."""
    return [
        *(method.fact for method in estimator.impacts.methods.values()),
        *(one.fact for one in estimator.equivalents.values()),
        *estimator.assumptions.values(),
        *(one.fact for one in estimator.trainings),
        *estimator.trainings.references.values(),
        *estimator.measured.entries.values(),
    ]
