"""Two ways of asking the same model: how many times as much, in words and as a picture."""

import ecologits

from bot.charts.records.bars import Bar, BarChart
from bot.charts.records.scale import Scale, Tick
from bot.estimation.footprint import Footprint
from bot.estimation.phrasings import Phrasings
from bot.estimation.ranges import Range
from bot.presentation import zones
from bot.presentation.comparison import SAME
from bot.presentation.numbers import (
    ENERGY,
    GWP,
    NO_BREAK,
    UnitScale,
    format_integer,
    format_interval,
    format_number,
    format_quantity,
    one_unit,
    tokens,
)
from bot.presentation.translator import Translator
from bot.presentation.typography import listed

NAMES = ("phrasings.first", "phrasings.second")


def title(asked: Phrasings, t: Translator) -> str:
    """Return which model was asked, on which electricity."""
    return t("phrasings.title", model=asked.first.model.title, zone=zones.name(asked.first.zone, t))


def lines(asked: Phrasings, t: Translator) -> list[str]:
    """Return the ratio with its range first, then each text."""
    shown = [_ratio(asked.ratio, t), ""]
    for name, footprint in zip(NAMES, (asked.first, asked.second), strict=True):
        shown.append(_row(t(name), footprint, _unit(asked), t))
    return [*shown, t("phrasings.input")]


def picture(asked: Phrasings, t: Translator) -> BarChart:
    """Return both as bars with their ranges."""
    unit, both = _unit(asked), (asked.first, asked.second)
    energies = [footprint.impact.energy_wh for footprint in both]
    scale = Scale.fitting(
        least=min(energy.low for energy in energies),
        smallest=min(energy.expected for energy in energies),
        largest=max(energy.high for energy in energies),
    )
    source = t("compare.chart.log_source" if scale.log else "compare.chart.source", version=ecologits.__version__)
    return BarChart(
        title=t("phrasings.chart", model=asked.first.model.title),
        subtitle=t("compare.chart.log_bars" if scale.log else "compare.chart.bars"),
        bars=tuple(_bar(t(name), energy, scale, unit, t) for name, energy in zip(NAMES, energies, strict=True)),
        ticks=tuple(Tick(scale.place(value), format_quantity(value, unit, t)) for value in scale.ticks()),
        log=scale.log,
        notes=(source,),
        alt=_alt(asked, unit, t),
    )


def _ratio(times: Range, t: Translator) -> str:
    """Return how many times as much one text takes as the other, and how sure that is."""
    if 1 / SAME < times.expected < SAME:
        return f"{t('phrasings.same')} {t('phrasings.either')}"
    key = "phrasings.second_more" if times.expected > 1 else "phrasings.first_more"
    shown = times if times.expected > 1 else 1 / times
    low, expected, high = (format_number(one, t) for one in shown)
    sure = t("phrasings.either") if shown.low < 1 else t("phrasings.sure")
    return f"{t(key, times=expected)} {t('phrasings.range', low=low, high=high)} {sure}"


def _row(name: str, footprint: Footprint, unit: UnitScale, t: Translator) -> str:
    energy = footprint.impact.energy_wh
    read, written = footprint.prompt_tokens, tokens(footprint.answer_tokens.expected, t)
    parts = [
        t(
            "compare.row",
            model=name,
            amount=format_quantity(energy.expected, unit, t),
            span=format_interval(energy, unit, t),
        ),
        t.many("phrasings.tokens", read, count=format_integer(read, t), written=written),
        format_quantity(footprint.impact.gwp_g.expected, GWP, t),
    ]
    return " · ".join(parts)


def _bar(name: str, energy: Range, scale: Scale, unit: UnitScale, t: Translator) -> Bar:
    span = f"{format_interval(energy, unit, t)}{NO_BREAK}{unit[0][1]}"
    low, expected, high = (scale.place(value) for value in energy)
    return Bar(name, format_quantity(energy.expected, unit, t), span, low, expected, high)


def _alt(asked: Phrasings, unit: UnitScale, t: Translator) -> str:
    rows: list[str] = []
    for name, footprint in zip(NAMES, (asked.first, asked.second), strict=True):
        low, expected, high = (format_quantity(one, unit, t) for one in footprint.impact.energy_wh)
        rows.append(t("picture.row", label=t(name), amount=expected, low=low, high=high))
    return t("phrasings.alt", model=asked.first.model.title, rows=listed(rows, t.language))


def _unit(asked: Phrasings) -> UnitScale:
    return one_unit(max(asked.first.impact.energy_wh.expected, asked.second.impact.energy_wh.expected), ENERGY)
