"""Several models named in one line, separated by commas: read, and completed while it is being typed."""

from bot.errors import UserError
from bot.estimation.impacts.model import Model
from bot.estimation.impacts.models import Models

MAX_COMPARED = 5
"""Models side by side that a phone shows legibly."""

MAX_TYPED = 500
"""Characters of a line that are read; commands take no more."""

MAX_NAMES = 4 * MAX_COMPARED
"""Names of a line that are looked up: the same model may be named twice."""


def read(models: Models, typed: str) -> list[Model]:
    """Return the models named, each once, in their order; none for an empty line.

    Raises `UserError` for an unknown model and for more than `MAX_COMPARED` different ones.
    """
    names = _names(typed)
    named = list(dict.fromkeys(models.find(name) for name in names[:MAX_NAMES]))
    if len(named) > MAX_COMPARED or len(names) > MAX_NAMES:
        raise UserError("error.too_many_models", count=max(len(named), len(names)), most=MAX_COMPARED)
    return named


def with_usual(models: Models, named: list[Model]) -> list[Model]:
    """Return the models to compare: those named if there are two, else the usual ones joined to the one."""
    if len(named) > 1:
        return named
    return list(dict.fromkeys([*named, *models.compared]))[:MAX_COMPARED]


def completions(models: Models, typed: str, limit: int, longest: int) -> list[str]:
    """Return lines of at most `longest` characters that end in a model which fits the last name begun.

    Names before it stay: shortened where they are known, as they were typed otherwise.
    """
    before, _, last = typed.rpartition(",")
    names = _names(before)
    if len(typed) > MAX_TYPED or len(names) >= MAX_COMPARED:
        return []
    kept = [_known(models, name) or name for name in names]
    fitting = (short_name(models, model) for model in models.search(last, limit + len(kept)))
    lines = (", ".join([*kept, name]) for name in fitting if name not in kept)
    return [line for line in lines if len(line) <= longest][:limit]


def short_name(models: Models, model: Model) -> str:
    """Return the model's title where it stands for no other model, else its key."""
    return model.title if models.find(model.title) is model else model.key


def _names(typed: str) -> list[str]:
    return [name for part in typed[: MAX_TYPED + 1].split(",") if (name := part.strip())]


def _known(models: Models, name: str) -> str | None:
    try:
        return short_name(models, models.find(name))
    except UserError:
        return None
