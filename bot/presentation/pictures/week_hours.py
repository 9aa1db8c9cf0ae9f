"""The hours of the week, as a heat map."""

from babel.dates import get_day_names

from bot.charts.records.heat_map import HeatMap
from bot.presentation import days as in_days
from bot.presentation.numbers import format_integer
from bot.presentation.pictures.alt_text import joined
from bot.presentation.translator import Translator
from bot.usecases.records.timelines import WeekHours

LABELLED = (0, 6, 12, 18)


def picture(found: WeekHours, t: Translator) -> HeatMap:
    """Return each hour's share of the fullest one."""
    most = max(max(day) for day in found.messages)
    names = get_day_names("abbreviated", locale=t.locale)
    return HeatMap(
        title=t("picture.hours.title"),
        subtitle=t("picture.hours.subtitle", days=in_days.span(found.days, t)),
        alt=alt(found, t),
        days=tuple(names[number] for number in range(7)),
        hours=tuple(t("picture.hours.hour", hour=hour) for hour in LABELLED),
        cells=tuple(tuple(one / (most or 1) for one in day) for day in found.messages),
        least="0",
        most=t.many("picture.hours.most", most, count=format_integer(most, t)),
    )


def alt(found: WeekHours, t: Translator) -> str:
    """Return each day's messages and its fullest hour."""
    names = get_day_names("wide", locale=t.locale)
    rows = [
        t(
            "picture.hours.alt.row",
            day=names[number],
            messages=t.many("totals.messages", sum(day), count=format_integer(sum(day), t)),
            hour=t("picture.hours.hour", hour=day.index(max(day))),
        )
        for number, day in enumerate(found.messages)
        if any(day)
    ]
    return t("picture.hours.alt", days=in_days.span(found.days, t), rows=joined(rows, 900) or t("picture.nothing"))
