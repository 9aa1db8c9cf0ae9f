"""What is to be said beside a model's figures: codes and values, worded by the catalogues."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from bot.estimation.impacts.model import Model
from bot.estimation.impacts.models import Models


class Note(NamedTuple):
    """A sentence of the catalogues: its key, and what fills it (texts, numbers, dates)."""

    key: str
    values: Mapping[str, str | float | date]


def notes_of(model: Model, models: Models, today: date) -> tuple[Note, ...]:
    """Return what is to be said of a model on a day: what it isn't, since when it is gone, whose figure it takes."""
    return tuple(_notes(model, models, today))


def _notes(model: Model, models: Models, today: date) -> Iterator[Note]:
    if model.kind is not None:
        yield Note(f"note.kind.{model.kind.id}", {})
    if model.retired is not None and (end := date.fromisoformat(model.retired)) <= today:
        yield Note("note.retired", {"maker": model.maker, "day": end})
    if model.drift is not None:
        meant = models.everything.get(model.drift.use.lower())
        title = meant.title if meant else model.drift.use
        yield Note(f"note.drift.{model.drift.because}", {"other": title, "times": float(model.drift.times)})
    if model.implausible is not None:
        yield Note("note.implausible", {})
