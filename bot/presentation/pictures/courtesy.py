"""What courtesy is of a server's messages, and what it takes beside all answers."""

from bot.charts.records.bars import Bar
from bot.charts.records.scale import Scale, Tick
from bot.charts.records.shares import Part, ShareChart
from bot.estimation.ranges import Range
from bot.presentation import days as in_days
from bot.presentation.numbers import (
    ENERGY,
    NO_BREAK,
    UnitScale,
    format_integer,
    format_interval,
    format_number,
    format_quantity,
    one_unit,
)
from bot.presentation.translator import Translator
from bot.usecases.records.boards import Tax


def picture(tax: Tax, t: Translator) -> ShareChart | None:
    """Return the shares of the messages, and the two energies; that of courtesy is hatched, its range an assumption.

    None where nobody was polite.
    """
    if not tax.totals.courtesy.messages:
        return None
    every, courtesy = tax.totals.energy_wh, _courtesy(tax)
    scale = Scale.fitting(min(every.low, courtesy.low), min(every.expected, courtesy.expected), every.high)
    unit = one_unit(every.expected, ENERGY)
    bars = (
        _bar(t("picture.courtesy.all"), every, scale, unit, t),
        _bar(t("picture.courtesy.courtesy"), courtesy, scale, one_unit(courtesy.expected, ENERGY), t, hatched=True),
    )
    return ShareChart(
        title=t("picture.courtesy.title", period=in_days.name(tax.days, t)),
        subtitle=t("picture.courtesy.subtitle", days=in_days.span(tax.days, t)),
        notes=(t("compare.chart.log_bars" if scale.log else "compare.chart.bars"), t("picture.courtesy.assumed")),
        alt=alt(tax, t),
        parts=_parts(tax, t),
        bars=bars,
        ticks=tuple(Tick(scale.place(value), format_quantity(value, unit, t)) for value in scale.ticks()),
        log=scale.log,
    )


def alt(tax: Tax, t: Translator) -> str:
    """Return the shares and the two energies."""
    rows = [t("picture.short_row", label=part.label, amount=part.value) for part in _parts(tax, t)]
    energies = (("all", tax.totals.energy_wh), ("courtesy", _courtesy(tax)))
    rows += [_energy_row(t(f"picture.courtesy.{key}"), energy, t) for key, energy in energies]
    return t("picture.courtesy.alt", period=in_days.name(tax.days, t), rows=" · ".join(rows))


def _courtesy(tax: Tax) -> Range:
    """Return courtesy's energy (Wh) with a range as wide, in proportion, as that of all answers: it has none known."""
    every, expected = tax.totals.energy_wh, tax.totals.courtesy.energy_wh
    return Range(expected * every.low / every.expected, expected, expected * every.high / every.expected)


def _parts(tax: Tax, t: Translator) -> tuple[Part, ...]:
    messages, courtesy = tax.totals.messages, tax.totals.courtesy
    counts = (
        ("only", courtesy.only),
        ("within", courtesy.messages - courtesy.only),
        ("none", messages - courtesy.messages),
    )
    return tuple(
        Part(
            t(f"picture.courtesy.{name}"),
            f"{format_integer(count, t)} ({t('unit.percent', number=format_number(100 * count / messages, t))})",
            count / messages,
        )
        for name, count in counts
    )


def _bar(label: str, energy: Range, scale: Scale, unit: UnitScale, t: Translator, *, hatched: bool = False) -> Bar:
    span = f"{format_interval(energy, unit, t)}{NO_BREAK}{unit[0][1]}"
    value = format_quantity(energy.expected, unit, t)
    low, expected, high = (scale.place(one) for one in energy)
    return Bar(label, value, span, low, expected, high, hatched=hatched)


def _energy_row(label: str, energy: Range, t: Translator) -> str:
    unit = one_unit(energy.expected, ENERGY)
    amount, low, high = (format_quantity(one, unit, t) for one in (energy.expected, energy.low, energy.high))
    return t("picture.row", label=label, amount=amount, low=low, high=high)
