"""Days and periods as a person reads them."""

from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_date, format_interval

from bot.presentation.translator import Words


@dataclass(frozen=True, slots=True)
class Days:
    """A period by its name ("week"): the first day and the one after the last; `since` is when counting began.

    "all" runs from the first day counted to today; `since` is None where nothing was counted yet.
    """

    name: str
    start: date
    end: date
    since: date | None


def name(days: Days, words: Words) -> str:
    """Return such as "cette semaine"."""
    return words(f"period.{days.name}")


def span(days: Days, words: Words) -> str:
    """Return such as "23–29 nov. 2026"."""
    last = days.end - timedelta(days=1)
    return format_interval(days.start, last, "yMMMd", locale=words.locale)


def day(when: date, words: Words) -> str:
    """Return such as "3 novembre 2026"."""
    return format_date(when, "long", locale=words.locale)


def dated(days: Days, words: Words) -> str:
    """Return the period's days, and since when there was counting where that is later than its beginning."""
    if days.since is None:
        return span(days, words)
    since = words("board.since", day=day(days.since, words))
    if days.name == "all":
        return since
    return f"{span(days, words)} · {since}" if days.since > days.start else span(days, words)
