"""Models side by side: in a few lines, as a picture, and as the picture's description."""

import ecologits

from bot.charts.records.bars import Bar, BarChart
from bot.charts.records.chart import MAX_ALT
from bot.charts.records.scale import Scale, Tick
from bot.estimation.comparison import Comparison
from bot.estimation.footprint import Footprint
from bot.presentation import zones
from bot.presentation.numbers import (
    ENERGY,
    GWP,
    NO_BREAK,
    UnitScale,
    format_interval,
    format_number,
    format_quantity,
    one_unit,
    significant,
    tokens,
)
from bot.presentation.translator import Translator
from bot.presentation.typography import listed

SAME, BIT_MORE, HALF_MORE, TWICE, TWO_AND_A_HALF = 1.1, 1.35, 1.75, 2.25, 2.75
"""Up to which ratio two models take almost the same, one a bit more, half as much again, and so on."""


def title(compared: Comparison, t: Translator) -> str:
    """Return what is compared."""
    return t.many("compare.title", len(compared.footprints))


def lines(compared: Comparison, t: Translator) -> list[str]:
    """Return the comparison line by line, the most energy first; "" stands between models."""
    unit = _unit(compared)
    shown: list[str] = []
    for footprint in compared.footprints:
        shown += [_headline(compared, footprint, unit, t), _detail(compared, footprint, t), ""]
    return [*shown, _electricity(compared, t)]


def beside(compared: Comparison, t: Translator) -> list[str]:
    """Return a line for each model, which stands beside the picture."""
    unit = _unit(compared)
    shown = [_headline(compared, one, unit, t) + " · " + _short_detail(compared, one, t) for one in compared.footprints]
    return [*shown, f"-# {_electricity(compared, t)}"]


def ratio(value: float, model: str, t: Translator) -> str:
    """Return in words how many times another model's energy this one's is: "11 fois plus que GPT-4o mini"."""
    if value < SAME:
        return t("compare.ratio.same", model=model)
    if value < BIT_MORE:
        return t("compare.ratio.bit_more", model=model)
    if value < HALF_MORE:
        return t("compare.ratio.half_more", model=model)
    if value < TWICE:
        return t("compare.ratio.twice", model=model)
    # nobody knows the decimals of a ratio between estimates
    times = 2.5 if value < TWO_AND_A_HALF else significant(round(value), 2)
    return t("compare.ratio.times", times=format_number(times, t), model=model)


def picture(compared: Comparison, t: Translator) -> BarChart:
    """Return the bars with their ranges, on a scale that shows the smallest one too."""
    unit, energies = _unit(compared), [footprint.impact.energy_wh for footprint in compared.footprints]
    scale = Scale.fitting(
        least=min(energy.low for energy in energies),
        smallest=min(energy.expected for energy in energies),
        largest=max(energy.high for energy in energies),
    )
    return BarChart(
        title=t("compare.chart.title"),
        subtitle=t("compare.chart.log_bars" if scale.log else "compare.chart.bars"),
        bars=tuple(_bar(compared, footprint, scale, unit, t) for footprint in compared.footprints),
        ticks=tuple(Tick(scale.place(value), format_quantity(value, unit, t)) for value in scale.ticks()),
        log=scale.log,
        notes=tuple(_notes(compared, scale, t)),
        alt=alt_text(compared, t),
    )


def alt_text(compared: Comparison, t: Translator) -> str:
    """Return what the picture shows, for those who don't see it."""
    unit = _unit(compared)
    rows = [
        t(
            "compare.alt.row",
            model=footprint.model.title,
            amount=format_quantity(footprint.impact.energy_wh.expected, unit, t),
            low=format_quantity(footprint.impact.energy_wh.low, unit, t),
            high=format_quantity(footprint.impact.energy_wh.high, unit, t),
        )
        for footprint in compared.footprints
    ]
    return t("compare.alt.picture", rows=listed(rows, t.language))[:MAX_ALT]


def _unit(compared: Comparison) -> UnitScale:
    return one_unit(compared.footprints[0].impact.energy_wh.expected, ENERGY)


def _headline(compared: Comparison, footprint: Footprint, unit: UnitScale, t: Translator) -> str:
    energy = footprint.impact.energy_wh
    key = "compare.own_row" if footprint.model.key == compared.own else "compare.row"
    return t(
        key,
        model=footprint.model.title,
        amount=format_quantity(energy.expected, unit, t),
        span=format_interval(energy, unit, t),
    )


def _detail(compared: Comparison, footprint: Footprint, t: Translator) -> str:
    written = footprint.answer_tokens.expected
    parts = [t("compare.tokens", tokens=tokens(written, t))]
    if footprint.model.approximate_tokens:
        parts[0] += f" {t('reply.tokens_approximate')}"
    hidden = written - footprint.visible_tokens.expected
    if round(hidden):
        parts[0] += f", {t('compare.reasoning', tokens=tokens(hidden, t))}"
    parts.append(format_quantity(footprint.impact.gwp_g.expected, GWP, t))
    if len(compared.footprints) > 1:
        parts.insert(0, _ratio_to_least(compared, footprint, t))
    if footprint.model.implausible:
        parts.append(t("compare.implausible"))
    return " · ".join(parts)


def _short_detail(compared: Comparison, footprint: Footprint, t: Translator) -> str:
    parts = [_ratio_to_least(compared, footprint, t)] if len(compared.footprints) > 1 else []
    return " · ".join([*parts, format_quantity(footprint.impact.gwp_g.expected, GWP, t)])


def _ratio_to_least(compared: Comparison, footprint: Footprint, t: Translator) -> str:
    if footprint is compared.least:
        return t("compare.ratio.least")
    return ratio(compared.ratio(footprint), compared.least.model.title, t)


def _electricity(compared: Comparison, t: Translator) -> str:
    if compared.zone:
        return t("compare.electricity.chosen", zone=zones.name(compared.zone, t))
    models: dict[str, list[str]] = {}
    for footprint in compared.footprints:
        models.setdefault(zones.name(footprint.zone, t), []).append(footprint.model.title)
    if len(models) == 1:
        return t("compare.electricity.providers", zones=next(iter(models)))
    named = ", ".join(f"{zone} ({', '.join(titles)})" for zone, titles in models.items())
    return t("compare.electricity.providers", zones=named)


def _bar(compared: Comparison, footprint: Footprint, scale: Scale, unit: UnitScale, t: Translator) -> Bar:
    energy = footprint.impact.energy_wh
    return Bar(
        label=footprint.model.title,
        value=format_quantity(energy.expected, unit, t),
        span=f"{format_interval(energy, unit, t)}{NO_BREAK}{unit[0][1]}",
        low=scale.place(energy.low),
        expected=scale.place(energy.expected),
        high=scale.place(energy.high),
        marked=footprint.model.key == compared.own,
        hatched=footprint.model.implausible is not None,
    )


def _notes(compared: Comparison, scale: Scale, t: Translator) -> list[str]:
    source = t("compare.chart.log_source" if scale.log else "compare.chart.source", version=ecologits.__version__)
    hatched = [t("compare.chart.hatched")] if any(one.model.implausible for one in compared.footprints) else []
    return [*([t("compare.chart.own")] if compared.own else []), *hatched, source]
