"""What training took, in words: the overview and the page of one model, for `/training`."""

from collections.abc import Sequence

from babel.numbers import format_compact_decimal

from bot.estimation.facts.trainings import BreakEven, Training
from bot.presentation import days as in_days
from bot.presentation import equivalences, sources
from bot.presentation.method import Section
from bot.presentation.numbers import (
    DERIVED,
    ENERGY,
    GWP,
    METALS,
    NO_BREAK,
    PUBLISHED,
    WATER,
    format_integer,
    format_number,
    format_quantity,
    significant,
)
from bot.presentation.translator import Translator
from bot.presentation.typography import listed
from bot.usecases.records.trainings import Circulating, Overview, Page, Shown, Use

METALS_AT_SCALE = ((1e9, "kg Sb"), *METALS)
HOURS_PER_DAY = 24
MAX_SHORT = 4
"""Trainings in the answer that everybody reads; the button has the others."""


def page_title(page: Page, t: Translator) -> str:
    """Return which model, of which year."""
    training = page.shown.training
    key = "training.title_life_cycle" if training.life_cycle else "training.title_model"
    return t(key, model=training.model, year=training.year)


def page_lines(page: Page, t: Translator) -> list[str]:
    """Return the figures and what they are in daily life, line by line."""
    training = page.shown.training
    shown = [_energy(training, t), _gwp(training, t)]
    if training.water_ml is not None:
        shown.append(t("training.water", amount=format_quantity(training.water_ml, WATER, t, DERIVED)))
    if training.adpe_ug is not None:
        shown.append(t("training.metals", amount=format_quantity(training.adpe_ug, METALS_AT_SCALE, t, DERIVED)))
    if page.shown.households is not None:
        kwh = format_integer(page.household_kwh, t)
        shown += ["", t("training.households", count=format_number(page.shown.households, t), kwh=kwh)]
    if page.shown.equivalences:
        shown += ["", *equivalences.lines(page.shown.equivalences, t)]
    if training.fact.noted:
        shown += ["", t(f"training.note.{training.id}")]
    return shown


def page_short(page: Page, t: Translator) -> list[str]:
    """Return what everybody reads: the figures, and what they are beside use."""
    return [*page_lines(page, t), *_short_use(page.use, page.break_even, t)]


def overview_short(overview: Overview, t: Translator) -> list[str]:
    """Return what everybody reads: the largest trainings, and the first beside use."""
    rows = [_row(row, t) for row in overview.rows[:MAX_SHORT]]
    return [t("training.intro"), "", *rows, *overview_beside(overview, t)]


def overview_beside(overview: Overview, t: Translator) -> list[str]:
    """Return what stands beside the picture, which has the largest trainings itself."""
    return [*_short_use(overview.use, overview.break_even, t), _mistake(overview, t)]


def page_sections(page: Page, t: Translator) -> list[Section]:
    """Return where the figures are from, what they are beside use, and the correction where it belongs."""
    training = page.shown.training
    parts = [(t("training.basis.title"), "\n".join(_basis(training, t)))]
    if page.break_even:
        parts.append((t("training.use.title"), "\n".join(_use(page.use, page.break_even, t))))
    if training.fact.circulating:
        parts.append((t("training.circulating.title"), _circulating(page.circulating, t)))
    return parts


def overview_lines(overview: Overview, t: Translator) -> list[str]:
    """Return a line per training, and how they were counted."""
    rows = [_row(row, t) for row in overview.rows]
    return [t("training.intro"), "", *rows, "", t("training.legend", kwh=format_integer(overview.household_kwh, t))]


def overview_sections(overview: Overview, t: Translator) -> list[Section]:
    """Return the largest training beside use, the correction, and what else there is."""
    model = overview.circulating.right.model
    use = "\n".join(_use(overview.use, overview.break_even, t))
    return [
        (t("training.use.title_of", model=model), use),
        (t("training.circulating.title"), _circulating(overview.circulating, t)),
        (t("training.more.title"), t("training.more.text", count=overview.known)),
    ]


def table(trainings: Sequence[Training], t: Translator) -> str:
    """Return all trainings as a Markdown table, for the documentation."""
    heads = [t(f"training.table.{name}") for name in ("model", "energy", "gwp", "basis", "source")]
    lines = [heads, ["---"] * len(heads), *(_table_row(one, t) for one in trainings)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def compact(value: float, t: Translator) -> str:
    """Return a large number with two significant digits: "28 milliards", "2.7 million"."""
    rounded = significant(value, 2)
    if rounded < 1e6:
        return format_integer(rounded, t)
    return format_compact_decimal(rounded, format_type="long", locale=t.locale, fraction_digits=1)


def energy_basis(training: Training, t: Translator) -> str:
    """Return how the energy was counted, of a training whose energy is known."""
    fact = training.fact
    hours, watts = fact.gpu_hours or 0, fact.gpu_tdp_w or 0
    figures = {"hours": format_integer(hours, t), "watts": watts, "gpu": fact.gpu or "GPU"}
    return t(f"training.energy_basis.{fact.energy_basis}", **figures)


def gwp_basis(training: Training, t: Translator) -> str:
    """Return how the CO2e was counted, of a training whose CO2e is known."""
    return t(f"training.co2_basis.{training.fact.co2_basis}")


def _energy(training: Training, t: Translator) -> str:
    if training.energy_wh is None:
        return t("training.no_energy")
    return t("training.energy", amount=format_quantity(training.energy_wh, ENERGY, t, DERIVED))


def _gwp(training: Training, t: Translator) -> str:
    if training.gwp_g is None:
        return t("training.no_gwp")
    line = t("training.gwp", amount=format_quantity(training.gwp_g, GWP, t, PUBLISHED))
    if training.gwp_full_g is None:
        return line
    return f"{line} · {t('training.gwp_full', amount=format_quantity(training.gwp_full_g, GWP, t, PUBLISHED))}"


def _basis(training: Training, t: Translator) -> list[str]:
    fact = training.fact
    shown = [t(f"training.confidence.{fact.confidence}"), *_ways(training, t), sources.linked(fact, t)]
    return [f"· {line}" for line in shown]


def _ways(training: Training, t: Translator) -> list[str]:
    """Return how energy and CO2e were counted, where they are given."""
    shown = [energy_basis(training, t)] if training.energy_wh is not None else []
    return [*shown, gwp_basis(training, t)] if training.gwp_g is not None else shown


def _use(use: Use, break_even: BreakEven, t: Translator) -> list[str]:
    answers = break_even.answers
    low, expected, high = (compact(value, t) for value in answers)
    energy = format_quantity(use.answer_wh.expected, ENERGY, t)
    if not use.tokens:
        first = t("training.use.server", answers=expected, low=low, high=high, energy=energy, model=use.model)
    else:
        ordinary = {"model": use.model, "tokens": format_integer(use.tokens, t)}
        first = t("training.use.ordinary", answers=expected, low=low, high=high, energy=energy, **ordinary)
    prompts, wh = (use.references[name] for name in ("chatgpt_prompts_per_day", "chatgpt_prompt_wh"))
    chatgpt = t(
        "training.use.chatgpt",
        time=_time(break_even.chatgpt_days, t),
        prompts=compact(prompts.value, t),
        prompts_url=prompts.url,
        prompts_date=in_days.written(prompts.date, t),
        wh=format_number(wh.value, t),
        wh_url=wh.url,
        wh_date=in_days.written(wh.date, t),
    )
    return [first, chatgpt, t("training.use.meaning")]


def _short_use(use: Use, break_even: BreakEven | None, t: Translator) -> list[str]:
    return ["", _use(use, break_even, t)[0]] if break_even else []


def _mistake(overview: Overview, t: Translator) -> str:
    right = overview.circulating.right
    assert right.energy_wh is not None, "it is derived from published GPU-hours"
    return t("training.mistake", model=right.model, gwh=format_quantity(right.energy_wh, ENERGY, t, DERIVED))


def _circulating(right: Circulating, t: Translator) -> str:
    energy, other = right.right.energy_wh, right.other.energy_wh
    assert energy is not None, "it is derived from published GPU-hours"
    assert other is not None, "it is derived from published GPU-hours"
    return t(
        "training.circulating.text",
        model=right.right.model,
        mwh=format_integer(energy / 1e6, t),
        gwh=format_quantity(energy, ENERGY, t, DERIVED),
        other=right.other.model,
        other_gwh=format_quantity(other, ENERGY, t, DERIVED),
        households=format_number(right.households, t),
        inhabitants=format_number(right.inhabitants, t),
        household_kwh=format_integer(right.household_kwh, t),
        person_kwh=format_integer(right.person_kwh, t),
    )


def _row(row: Shown, t: Translator) -> str:
    training = row.training
    parts = [f"**{training.model}**"]
    if training.energy_wh is not None:
        mark = "¹" if training.fact.energy_basis == "derived" else ""
        parts.append(f"{format_quantity(training.energy_wh, ENERGY, t, DERIVED)}{mark}")
    if training.gwp_g is not None:
        parts.append(format_quantity(training.gwp_g, GWP, t, PUBLISHED))
    if row.households is not None:
        parts.append(t("training.row.households", count=format_number(row.households, t)))
    parts.append(f"[{in_days.written(training.fact.date, t)}]({training.fact.url})")
    return " · ".join(parts)


def _table_row(training: Training, t: Translator) -> list[str]:
    none = t("training.table.none")
    name = f"{training.model} ({training.year})"
    if training.life_cycle:
        name = t("training.table.life_cycle", name=name)
    return [
        name,
        none if training.energy_wh is None else format_quantity(training.energy_wh, ENERGY, t, DERIVED),
        none if training.gwp_g is None else format_quantity(training.gwp_g, GWP, t, PUBLISHED),
        listed([*_ways(training, t), t(f"training.confidence.{training.fact.confidence}")], t.language),
        sources.linked(training.fact, t),
    ]


def _time(days: float, t: Translator) -> str:
    if days >= 1:
        return t.many("unit.days", significant(days, 2), count=format_number(days, t))
    if days * HOURS_PER_DAY >= 1:
        return f"{format_number(days * HOURS_PER_DAY, t)}{NO_BREAK}h"
    return f"{format_number(days * HOURS_PER_DAY * 60, t)}{NO_BREAK}min"
