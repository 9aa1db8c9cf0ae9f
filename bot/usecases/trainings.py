"""Training against use: what `/training` shows."""

from bot.estimation.estimator import Estimator
from bot.estimation.facts import equivalents
from bot.estimation.facts.equivalents import Equivalence
from bot.estimation.facts.training_facts import BreakEven, Training
from bot.estimation.facts.training_names import DECORATION, parts
from bot.estimation.impacts.methods import DEFAULT_METHOD
from bot.estimation.impacts.model import Model
from bot.estimation.ranges import Range
from bot.usecases.records.trainings import AverageUse, Circulating, Overview, Page, Shown, Use

RIGHT, OTHER = "llama31_405b", "llama4_family"
"""Whose the circulating figure is, and whose it is said to be."""

PICTURED = (
    ("energy_wh", "wind_turbine_2mw_year"),
    ("gwp_g", "paris_nyc_return"),
    ("water_ml", "olympic_pool"),
    ("adpe_ug", "smartphone_metals"),
)
"""Everyday things of the size of a training, beside households."""


def page(estimator: Estimator, model: str, answer: AverageUse | None) -> Page:
    """Return one training beside use; `UserError` for a model without published figures."""
    training = estimator.trainings.find(model)
    use = _use(estimator, training, answer)
    return Page(
        shown=_shown(estimator, training),
        use=use,
        break_even=_break_even(estimator, training, use),
        circulating=_circulating(estimator),
        household_kwh=_household_kwh(estimator),
    )


def overview(estimator: Estimator, answer: AverageUse | None) -> Overview:
    """Return a handful of trainings, the most energy first, and the largest one beside use."""
    trainings = estimator.trainings
    use = _use(estimator, trainings[RIGHT], answer)
    rows = sorted(trainings.featured, key=lambda one: -(one.energy_wh or 0))
    break_even = _break_even(estimator, trainings[RIGHT], use)
    assert break_even is not None, "its energy is known"
    return Overview(
        rows=[_shown(estimator, one) for one in rows],
        use=use,
        break_even=break_even,
        circulating=_circulating(estimator),
        household_kwh=_household_kwh(estimator),
        known=len(trainings),
    )


def _shown(estimator: Estimator, training: Training) -> Shown:
    households = None
    if training.energy_wh is not None:
        households = training.energy_wh / estimator.equivalents["french_household_year"].value
    return Shown(training, households, _pictures(estimator, training))


def _pictures(estimator: Estimator, training: Training) -> list[Equivalence]:
    amounts = ((getattr(training, quantity), estimator.equivalents[name]) for quantity, name in PICTURED)
    return [equivalents.picture(one, amount) for amount, one in amounts if amount is not None]


def own_model(estimator: Estimator, training: Training) -> Model | None:
    """Return the model that came of a training, None where EcoLogits has none of exactly that name."""
    names = training.names
    return next((model for model in estimator.models if parts(model.title) - DECORATION in names), None)


def _use(estimator: Estimator, training: Training, answer: AverageUse | None) -> Use:
    references, own, impacts = estimator.trainings.references, own_model(estimator, training), estimator.impacts
    if answer is not None and own is None:
        return Use(answer.energy_wh, answer.model, 0, references)
    model = own or estimator.models.default
    coefficients = impacts.coefficients(model, impacts.method(None).zone_of(model), DEFAULT_METHOD)
    tokens = int(estimator.assumptions["ordinary_answer"].value)
    return Use(coefficients.energy_wh.at(Range.exactly(tokens)), model.title, tokens, references)


def _break_even(estimator: Estimator, training: Training, use: Use) -> BreakEven | None:
    """Return none where the energy isn't known, or holds use as well."""
    if training.energy_wh is None or training.life_cycle:
        return None
    return estimator.trainings.break_even(training.energy_wh, use.answer_wh)


def _circulating(estimator: Estimator) -> Circulating:
    trainings = estimator.trainings
    right = trainings[RIGHT]
    assert right.energy_wh is not None, "it is derived from published GPU-hours"
    person_kwh = trainings.references["french_person_electricity_year"].value
    return Circulating(
        right=right,
        other=trainings[OTHER],
        households=right.energy_wh / estimator.equivalents["french_household_year"].value,
        inhabitants=trainings.inhabitants(right.energy_wh),
        household_kwh=_household_kwh(estimator),
        person_kwh=person_kwh,
    )


def _household_kwh(estimator: Estimator) -> float:
    return estimator.equivalents["french_household_year"].value / 1e3
