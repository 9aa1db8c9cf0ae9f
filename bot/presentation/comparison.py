"""Models side by side: in a few lines, as a picture, and as the picture's description."""

import ecologits

from bot.charts.chart import Bar, Chart, Scale, Tick
from bot.estimation.comparison import Comparison
from bot.estimation.footprint import Footprint
from bot.presentation import zones
from bot.presentation.numbers import ENERGY, GWP, NO_BREAK, Ladder, amount, number, one_unit, significant, span, tokens
from bot.presentation.translator import Words

SAME, BIT_MORE, HALF_MORE, TWICE, TWO_AND_A_HALF = 1.1, 1.35, 1.75, 2.25, 2.75
"""Up to which ratio two models take almost the same, one a bit more, half as much again, and so on."""

LONGEST_ALT = 1024
"""Characters that Discord takes as a picture's description."""


def title(compared: Comparison, words: Words) -> str:
    """Return what is compared."""
    return words.many("compare.title", len(compared.footprints))


def lines(compared: Comparison, words: Words) -> list[str]:
    """Return the comparison line by line, the most energy first; "" stands between models."""
    unit = _unit(compared)
    shown: list[str] = []
    for footprint in compared.footprints:
        shown += [_headline(compared, footprint, unit, words), _detail(compared, footprint, words), ""]
    return [*shown, _electricity(compared, words)]


def ratio(value: float, model: str, words: Words) -> str:
    """Return in words how many times another model's energy this one's is: "11 fois plus que GPT-4o mini"."""
    if value < SAME:
        return words("compare.ratio.same", model=model)
    if value < BIT_MORE:
        return words("compare.ratio.bit_more", model=model)
    if value < HALF_MORE:
        return words("compare.ratio.half_more", model=model)
    if value < TWICE:
        return words("compare.ratio.twice", model=model)
    # nobody knows the decimals of a ratio between estimates
    times = 2.5 if value < TWO_AND_A_HALF else significant(round(value), 2)
    return words("compare.ratio.times", times=number(times, words), model=model)


def picture(compared: Comparison, words: Words) -> Chart:
    """Return the bars with their ranges, on a scale that shows the smallest one too."""
    unit, energies = _unit(compared), [footprint.impact.energy_wh for footprint in compared.footprints]
    scale = Scale.fitting(
        least=min(energy.low for energy in energies),
        smallest=min(energy.expected for energy in energies),
        largest=max(energy.high for energy in energies),
    )
    return Chart(
        title=words("compare.chart.title"),
        subtitle=words("compare.chart.log_bars" if scale.log else "compare.chart.bars"),
        bars=tuple(_bar(compared, footprint, scale, unit, words) for footprint in compared.footprints),
        ticks=tuple(Tick(scale.place(value), amount(value, unit, words)) for value in scale.ticks()),
        log=scale.log,
        notes=tuple(_notes(compared, scale, words)),
    )


def alt_text(compared: Comparison, words: Words) -> str:
    """Return what the picture shows, for those who don't see it."""
    unit = _unit(compared)
    rows = [
        words(
            "compare.alt.row",
            model=footprint.model.title,
            amount=amount(footprint.impact.energy_wh.expected, unit, words),
            low=amount(footprint.impact.energy_wh.low, unit, words),
            high=amount(footprint.impact.energy_wh.high, unit, words),
        )
        for footprint in compared.footprints
    ]
    return words("compare.alt.picture", rows=" ; ".join(rows))[:LONGEST_ALT]


def _unit(compared: Comparison) -> Ladder:
    return one_unit(compared.footprints[0].impact.energy_wh.expected, ENERGY)


def _headline(compared: Comparison, footprint: Footprint, unit: Ladder, words: Words) -> str:
    energy = footprint.impact.energy_wh
    key = "compare.own_row" if footprint.model.key == compared.own else "compare.row"
    return words(
        key,
        model=footprint.model.title,
        amount=amount(energy.expected, unit, words),
        span=span(energy, unit, words),
    )


def _detail(compared: Comparison, footprint: Footprint, words: Words) -> str:
    written = footprint.answer_tokens.expected
    parts = [words("compare.tokens", tokens=tokens(written, words))]
    hidden = written - footprint.visible_tokens.expected
    if round(hidden):
        parts[0] += f", {words('compare.reasoning', tokens=tokens(hidden, words))}"
    parts.append(amount(footprint.impact.gwp_g.expected, GWP, words))
    if len(compared.footprints) > 1:
        parts.insert(0, _ratio_to_least(compared, footprint, words))
    return " · ".join(parts)


def _ratio_to_least(compared: Comparison, footprint: Footprint, words: Words) -> str:
    if footprint is compared.least:
        return words("compare.ratio.least")
    return ratio(compared.ratio(footprint), compared.least.model.title, words)


def _electricity(compared: Comparison, words: Words) -> str:
    if compared.zone:
        return words("compare.electricity.chosen", zone=zones.name(compared.zone, words))
    models: dict[str, list[str]] = {}
    for footprint in compared.footprints:
        models.setdefault(zones.name(footprint.zone, words), []).append(footprint.model.title)
    if len(models) == 1:
        return words("compare.electricity.providers", zones=next(iter(models)))
    named = ", ".join(f"{zone} ({', '.join(titles)})" for zone, titles in models.items())
    return words("compare.electricity.providers", zones=named)


def _bar(compared: Comparison, footprint: Footprint, scale: Scale, unit: Ladder, words: Words) -> Bar:
    energy = footprint.impact.energy_wh
    return Bar(
        label=footprint.model.title,
        value=amount(energy.expected, unit, words),
        span=f"{span(energy, unit, words)}{NO_BREAK}{unit[0][1]}",
        low=scale.place(energy.low),
        expected=scale.place(energy.expected),
        high=scale.place(energy.high),
        marked=footprint.model.key == compared.own,
    )


def _notes(compared: Comparison, scale: Scale, words: Words) -> list[str]:
    source = words("compare.chart.log_source" if scale.log else "compare.chart.source", version=ecologits.__version__)
    return [words("compare.chart.own"), source] if compared.own else [source]
