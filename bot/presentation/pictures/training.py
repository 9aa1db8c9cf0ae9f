"""Training against use, on one logarithmic scale."""

from collections.abc import Sequence

from bot.charts.records.bars import Bar, BarChart
from bot.charts.records.scale import Scale, Tick
from bot.estimation.facts.training_facts import Training
from bot.estimation.ranges import Range
from bot.presentation.numbers import ENERGY, NO_BREAK, format_integer, format_interval, format_quantity, one_unit
from bot.presentation.translator import Translator
from bot.usecases.records.trainings import Use

MEASURED = frozenset({"stated", "data-centre"})
"""What publishers say they metered; the rest follows from assumptions, and is hatched."""

SHOWN = 3
"""Trainings that a picture has room for."""


def picture(trainings: Sequence[Training], use: Use, t: Translator) -> BarChart | None:
    """Return trainings, a day of ChatGPT and one answer, the most energy first; None where no training's is known."""
    known = [one for one in trainings if one.energy_wh][:SHOWN]
    if not known:
        return None
    rows = [_training(one, t) for one in known] + [_chatgpt(use, t), _answer(use, t)]
    energies = [energy for energy, *_ in rows]
    scale = Scale(min(one.low for one in energies) / 3, max(one.high for one in energies) * 3, log=True)
    lines = scale.ticks()
    bars = [_bar(*row, scale, t) for row in sorted(rows, key=lambda row: -row[0].expected)]
    return BarChart(
        title=t("picture.training.title"),
        subtitle=t("compare.chart.log_bars"),
        notes=(t("picture.training.scale", times=format_integer(lines[1] / lines[0], t)), t("picture.training.hollow")),
        alt=t("picture.training.alt", rows=" · ".join(_row(energy, label, t) for energy, label, _ in rows)),
        bars=tuple(bars),
        ticks=tuple(Tick(scale.place(value), format_quantity(value, ENERGY, t)) for value in lines),
        log=True,
    )


Row = tuple[Range, str, str]
"""Energy (Wh), whose, and what kind of figure that is."""


def _training(one: Training, t: Translator) -> Row:
    assert one.energy_wh, "checked before"
    kind = "measured" if one.fact.energy_basis in MEASURED else "derived"
    return Range.exactly(one.energy_wh), t("picture.training.one", model=one.model), kind


def _chatgpt(use: Use, t: Translator) -> Row:
    prompts, wh = (use.references[name].value for name in ("chatgpt_prompts_per_day", "chatgpt_prompt_wh"))
    return Range.exactly(prompts * wh), t("picture.training.chatgpt"), "stated"


def _answer(use: Use, t: Translator) -> Row:
    if not use.tokens:
        return use.answer_wh, t("picture.training.answer"), "range"
    return use.answer_wh, t("picture.training.ordinary", model=use.model), "range"


def _bar(energy: Range, label: str, kind: str, scale: Scale, t: Translator) -> Bar:
    unit = one_unit(energy.expected, ENERGY)
    span = f"{format_interval(energy, unit, t)}{NO_BREAK}{unit[0][1]}"
    return Bar(
        label,
        format_quantity(energy.expected, unit, t),
        span if kind == "range" else t(f"picture.training.{kind}"),
        *(scale.place(one) for one in energy),
        marked=kind == "range",
        hatched=kind == "derived",
    )


def _row(energy: Range, label: str, t: Translator) -> str:
    unit = one_unit(energy.expected, ENERGY)
    amount, low, high = (format_quantity(one, unit, t) for one in (energy.expected, energy.low, energy.high))
    if energy.low == energy.high:
        return t("picture.short_row", label=label, amount=amount)
    return t("picture.row", label=label, amount=amount, low=low, high=high)
