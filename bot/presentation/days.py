"""Days and periods as a person reads them: "27 novembre 2026", "27 November 2026", the one style everywhere."""

import re
from datetime import date, datetime

from babel.core import Locale
from babel.dates import format_date

from bot.presentation.translator import Translator
from bot.usecases.records.boards import Days

DAY_FIRST = ("fr", "en")
"""Languages in which two days of one month share its name: 23–29 novembre 2026."""

FIRST = re.compile(r"\b1(?= [^\W\d_]|–)")


def name(days: Days, t: Translator) -> str:
    """Return such as "cette semaine"."""
    return t(f"period.{days.name}")


def span(days: Days, t: Translator) -> str:
    """Return such as "23–29 novembre 2026"."""
    first, last, end = days.start, days.last, day(days.last, t)
    if t.language not in DAY_FIRST or first.year != last.year:
        return f"{day(first, t)} – {end}"
    if first == last:
        return end
    if first.month == last.month:
        return f"{_printed(f'{first.day}–', t)}{end}"
    return f"{_printed(format_date(first, 'd MMMM', locale=_british(t)), t)} – {end}"


def day(when: date, t: Translator) -> str:
    """Return such as "3 novembre 2026"."""
    return _printed(format_date(when, "long", locale=_british(t)), t)


def moment(when: datetime, t: Translator) -> str:
    """Return such as "3 novembre 2026, 14:05", for a terminal; Discord shows moments in the reader's own time."""
    return f"{day(when.date(), t)}, {when:%H:%M}"


def written(iso: str, t: Translator) -> str:
    """Return a source's date in words, as exact as it is given: "2026-11-27", "2026-11", "2026"."""
    if len(iso) == len("2026-11-27"):
        return day(date.fromisoformat(iso), t)
    if len(iso) == len("2026-11"):
        return format_date(date.fromisoformat(f"{iso}-01"), "MMMM y", locale=t.locale)
    return iso


def label(when: date, pattern: str, t: Translator) -> str:
    """Return a day for a picture's axis, where there is room for a few letters only."""
    return format_date(when, pattern, locale=_british(t))


def dated(days: Days, t: Translator) -> str:
    """Return the period's days, and since when there was counting where that is later than its beginning."""
    if days.since is None:
        return span(days, t)
    since = t("board.since", day=day(days.since, t))
    if days.name == "all":
        return since
    return f"{span(days, t)} · {since}" if days.since > days.start else span(days, t)


def _british(t: Translator) -> Locale:
    """Return the locale for days: English ones stand as 27 November 2026."""
    return Locale("en", "GB") if t.language == "en" else t.locale


def _printed(text: str, t: Translator) -> str:
    """Return the day as it is printed: the first of a month is "1er" in French."""
    return FIRST.sub("1er", text) if t.language == "fr" else text
