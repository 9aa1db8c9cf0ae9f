"""A period by day, as columns."""

from datetime import date

from bot.charts.records.columns import Column, ColumnChart
from bot.charts.records.scale import Scale, Tick
from bot.estimation.ranges import Range
from bot.presentation import days as in_days
from bot.presentation.numbers import ENERGY, NO_BREAK, UnitScale, format_quantity, one_unit
from bot.presentation.pictures.alt_text import joined
from bot.presentation.translator import Translator
from bot.usecases.records.timelines import DAY, MONTH, Stretch, Timeline

ROOM, MAX_LABELS, WITH_RANGES = 700, 7, 10
"""Characters for a description's rows, labels that fit below columns, rows up to which each tells its range."""

SHORT = {"week": "E", "past_week": "E", "month": "d"}
"""How days are labelled where their period says the rest."""


def picture(timeline: Timeline, t: Translator) -> ColumnChart:
    """Return the columns with their ranges, and marks for the period before."""
    found = timeline.stretches
    befores = [one.before_wh for one in found if one.before_wh is not None]
    largest = max([*(one.energy_wh.high for one in found), *befores], default=0.0)
    scale, unit = Scale.linear(largest), one_unit(largest, ENERGY)
    notes = (t(f"picture.timeline.before.{timeline.days.name}"),) if befores else ()
    return ColumnChart(
        title=t(f"picture.timeline.{timeline.unit}", period=in_days.name(timeline.days, t)),
        subtitle=t("compare.chart.bars"),
        notes=(*notes, t("picture.estimate")),
        alt=alt(timeline, t),
        columns=tuple(_column(timeline, number, scale, unit, t) for number in range(len(found))),
        ticks=tuple(Tick(scale.place(value), format_quantity(value, unit, t)) for value in scale.ticks()),
    )


def alt(timeline: Timeline, t: Translator) -> str:
    """Return the sums, and each day's figure."""
    found = timeline.stretches
    total = Range(*(sum(values) for values in zip(*(one.energy_wh for one in found), strict=True)))
    unit = one_unit(total.expected, ENERGY)
    few = len(found) <= WITH_RANGES
    rows = [_row(timeline, one, unit, t, few=few) for one in found if one.energy_wh.expected or one.before_wh]
    return t(
        f"picture.timeline.alt.{timeline.unit}",
        period=in_days.name(timeline.days, t),
        rows=joined(rows, ROOM) or t("picture.nothing"),
        **_amounts(total, unit, t),
    )


def _row(timeline: Timeline, one: Stretch, unit: UnitScale, t: Translator, *, few: bool) -> str:
    when, amounts = _date(timeline.unit, one.start, t), _amounts(one.energy_wh, unit, t)
    ranged = few and one.energy_wh.high > 0
    shown = t("picture.row" if ranged else "picture.short_row", label=when, **amounts)
    if not few or one.before_wh is None:
        return shown
    return shown + t("picture.timeline.alt.before", before=format_quantity(one.before_wh, unit, t))


def _amounts(energy: Range, unit: UnitScale, t: Translator) -> dict[str, str]:
    shown = (format_quantity(value, unit, t) for value in (energy.expected, energy.low, energy.high))
    return dict(zip(("amount", "low", "high"), shown, strict=True))


def _column(timeline: Timeline, number: int, scale: Scale, unit: UnitScale, t: Translator) -> Column:
    one, energy = timeline.stretches[number], timeline.stretches[number].energy_wh
    every = -(-len(timeline.stretches) // MAX_LABELS)
    return Column(
        label=_label(timeline, one.start, t) if number % every == 0 else "",
        value=format_quantity(energy.expected, unit, t).split(NO_BREAK)[0] if energy.expected else "",
        low=scale.place(energy.low),
        expected=scale.place(energy.expected),
        high=scale.place(energy.high),
        before=None if one.before_wh is None else scale.place(one.before_wh),
    )


def _label(timeline: Timeline, day: date, t: Translator) -> str:
    """Return the weekday in a week, the day in a month, else as little as says which one it is."""
    if timeline.unit == DAY and timeline.days.name in SHORT:
        return in_days.label(day, SHORT[timeline.days.name], t)
    return _date(timeline.unit, day, t)


def _date(unit: str, day: date, t: Translator) -> str:
    return in_days.label(day, "MMM yy" if unit == MONTH else "d MMM", t)
