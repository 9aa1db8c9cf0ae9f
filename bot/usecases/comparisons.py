"""Compares models: for a text, and for what the buttons under a reply carry."""

from collections.abc import Iterable

from bot.errors import UserError
from bot.estimation.comparison import Comparison
from bot.estimation.estimator import Estimator
from bot.estimation.footprint import PromptAnalysis, Request
from bot.estimation.impacts import model_lists
from bot.estimation.impacts.model import Model


def of_text(estimator: Estimator, text: str, models: str) -> Comparison:
    """Return the comparison of the models named in a line, the usual ones where it is empty.

    Each has its provider's electricity. Raises `UserError` for a blank text, unknown or too many models.
    """
    if not text.strip():
        raise UserError("error.blank_text")
    wanted = model_lists.with_usual(estimator.models, model_lists.read(estimator.models, models))
    # read once: tokens of the message count for nothing in what is compared
    reading = estimator.read(text, estimator.models.default)
    return Comparison.from_footprints(estimator.footprint(reading, Request(model=model.key)) for model in wanted)


def of_reply(estimator: Estimator, reading: PromptAnalysis, request: Request) -> Comparison:
    """Return the usual models beside that of a reply, which keeps its effort.

    A reply whose electricity isn't its provider's had it chosen: then all have it, else each its provider's.
    """
    own = estimator.model(request.model)
    usual_zone = estimator.impacts.method(None).zone_of(own)
    zone = request.zone if request.zone != usual_zone else None
    wanted = model_lists.with_usual(estimator.models, [own])
    requests = _requests(wanted, own, zone, request.effort)
    return Comparison.from_footprints((estimator.footprint(reading, one) for one in requests), own.key, zone)


def _requests(models: Iterable[Model], own: Model, zone: str | None, effort: str | None) -> Iterable[Request]:
    return (Request(model=model.key, zone=zone, effort=effort if model is own else None) for model in models)
