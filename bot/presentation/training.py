"""What training took, in words: the overview and the page of one model, for `/training`."""

from bot.estimation.facts.training_facts import Training
from bot.presentation import days as in_days
from bot.presentation import equivalences
from bot.presentation.method import Section
from bot.presentation.numbers import (
    DERIVED,
    ENERGY,
    GWP,
    METALS,
    PUBLISHED,
    WATER,
    format_integer,
    format_number,
    format_quantity,
)
from bot.presentation.training_basis import basis_lines
from bot.presentation.training_use import use_lines, use_short
from bot.presentation.translator import Translator
from bot.usecases.records.trainings import Circulating, Overview, Page, Shown

METALS_AT_SCALE = ((1e9, "kg Sb"), *METALS)
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
    return [*page_lines(page, t), *use_short(page.use, page.break_even, t)]


def overview_short(overview: Overview, t: Translator) -> list[str]:
    """Return what everybody reads: the largest trainings, and the first beside use."""
    rows = [_row(row, t) for row in overview.rows[:MAX_SHORT]]
    return [t("training.intro"), "", *rows, *overview_beside(overview, t)]


def overview_beside(overview: Overview, t: Translator) -> list[str]:
    """Return what stands beside the picture, which has the largest trainings itself."""
    return [*use_short(overview.use, overview.break_even, t), _mistake(overview, t)]


def page_sections(page: Page, t: Translator) -> list[Section]:
    """Return where the figures are from, what they are beside use, and the correction where it belongs."""
    training = page.shown.training
    parts = [(t("training.basis.title"), "\n".join(basis_lines(training, t)))]
    if page.break_even:
        parts.append((t("training.use.title"), "\n".join(use_lines(page.use, page.break_even, t))))
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
    use = "\n".join(use_lines(overview.use, overview.break_even, t))
    return [
        (t("training.use.title_of", model=model), use),
        (t("training.circulating.title"), _circulating(overview.circulating, t)),
        (t("training.more.title"), t("training.more.text", count=overview.known)),
    ]


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
