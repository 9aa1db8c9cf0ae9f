"""What is offered while somebody types."""

from bot.counting import timezones
from bot.errors import UserError
from bot.estimation.estimator import Estimator
from bot.estimation.facts.training_facts import Training
from bot.estimation.impacts import model_lists
from bot.estimation.impacts.model import Model

find_timezones = timezones.search


def models(estimator: Estimator, typed: str, limit: int) -> list[Model]:
    """Return models whose key or title holds every word typed."""
    return estimator.models.search(typed, limit=limit)


def model_lines(estimator: Estimator, typed: str, limit: int, longest: int) -> list[str]:
    """Return lines of at most `longest` characters that end in a model fitting what follows the last comma."""
    return model_lists.completions(estimator.models, typed, limit=limit, longest=longest)


def efforts(estimator: Estimator, model: str | None) -> list[str]:
    """Return the efforts of a model (None: the default one); none where there is no choice, or no such model."""
    try:
        return list(estimator.reasoning.efforts(estimator.model(model).key))
    except UserError:
        return []


def trainings(estimator: Estimator, typed: str, limit: int) -> list[Training]:
    """Return trainings whose name holds what was typed."""
    return estimator.trainings.search(typed)[:limit]
