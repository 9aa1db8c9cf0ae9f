"""Days and periods as a person reads them."""

from datetime import date

from babel.dates import format_date, format_interval

from bot.presentation.translator import Translator
from bot.usecases.records.boards import Days


def name(days: Days, t: Translator) -> str:
    """Return such as "cette semaine"."""
    return t(f"period.{days.name}")


def span(days: Days, t: Translator) -> str:
    """Return such as "23–29 nov. 2026"."""
    return format_interval(days.start, days.last, "yMMMd", locale=t.locale)


def day(when: date, t: Translator) -> str:
    """Return such as "3 novembre 2026"."""
    return format_date(when, "long", locale=t.locale)


def dated(days: Days, t: Translator) -> str:
    """Return the period's days, and since when there was counting where that is later than its beginning."""
    if days.since is None:
        return span(days, t)
    since = t("board.since", day=day(days.since, t))
    if days.name == "all":
        return since
    return f"{span(days, t)} · {since}" if days.since > days.start else span(days, t)
