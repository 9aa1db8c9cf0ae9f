"""What is to be said beside a model's figures, in words."""

from collections.abc import Iterable
from datetime import date

from bot.estimation.notes import Note
from bot.presentation import days
from bot.presentation.numbers import format_number
from bot.presentation.translator import Translator


def lines(notes: Iterable[Note], t: Translator) -> list[str]:
    """Return a sentence per note."""
    return [t(note.key, **{name: _worded(value, t) for name, value in note.values.items()}) for note in notes]


def _worded(value: str | float | date, t: Translator) -> str:
    if isinstance(value, date):
        return days.day(value, t)
    return value if isinstance(value, str) else format_number(value, t)
