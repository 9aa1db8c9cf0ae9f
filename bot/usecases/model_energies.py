"""The models there are, each with the energy of an ordinary answer."""

from bot.estimation.estimator import Estimator
from bot.estimation.impacts.methods import DEFAULT_METHOD
from bot.estimation.impacts.model import Model
from bot.estimation.ranges import Range
from bot.usecases.records.estimates import ModelEnergy


def search(estimator: Estimator, query: str, limit: int) -> tuple[list[ModelEnergy], int]:
    """Return the models that fit the query with the energy of an ordinary answer, and how many more do.

    `UserError` for a known model that EcoLogits lacks.
    """
    models = estimator.models
    found = models.search(query, limit=len(models))
    if not found:
        models.refuse_what_is_known(query)
    return [_ordinary(estimator, model) for model in found[:limit]], max(0, len(found) - limit)


def ordinary_tokens(estimator: Estimator) -> int:
    """Return the tokens of an ordinary answer."""
    return int(estimator.assumptions["ordinary_answer"].value)


def _ordinary(estimator: Estimator, model: Model) -> ModelEnergy:
    """Return the energy of an ordinary answer as comparisons have it: hidden reasoning comes on top."""
    impacts = estimator.impacts
    zone = impacts.method(None).zone_of(model)
    coefficients = impacts.coefficients(model, zone, DEFAULT_METHOD)
    factor = estimator.reasoning.factor(model.key)
    written = Range.exactly(ordinary_tokens(estimator) * (factor.times.expected if factor else 1.0))
    return ModelEnergy(model, coefficients.energy_wh.at(written).expected, thinks=factor is not None)
