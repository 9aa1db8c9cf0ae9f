"""Our estimates beside published and measured figures: the *Vérifications* button, and the documentation's table."""

from collections.abc import Sequence

from bot.estimation.facts.checks import Check, Compared, Crosscheck
from bot.estimation.ranges import Range
from bot.presentation import days, sources, zones
from bot.presentation.method import Section
from bot.presentation.numbers import (
    DERIVED,
    ENERGY,
    GWP,
    METALS,
    NO_BREAK,
    WATER,
    UnitScale,
    format_integer,
    format_interval,
    format_number,
    format_quantity,
    one_unit,
)
from bot.presentation.translator import Translator

LADDERS: dict[str, UnitScale] = {"energy_wh": ENERGY, "gwp_g": GWP, "water_ml": WATER, "adpe_ug": METALS}

AS_MUCH = 1.1
"""Up to which ratio two figures count as the same."""


def intro(crosscheck: Crosscheck, t: Translator) -> str:
    """Return what the comparison shows, and how EcoLogits does against measured GPUs in general."""
    low, median, high = (format_number(value, t) for value in (crosscheck.low, crosscheck.value, crosscheck.high))
    return t(
        "checks.text",
        low=low,
        median=median,
        high=high,
        cases=crosscheck.pairs,
        url=crosscheck.url,
        date=days.written(crosscheck.date, t),
    )


def sections(checks: Sequence[Check], t: Translator) -> list[Section]:
    """Return one section per published answer: theirs, ours, the conditions, the source."""
    return [(_title(one, t), "\n".join(_lines(one, t))) for one in checks if one.fact.listed]


def table(checks: Sequence[Check], t: Translator) -> str:
    """Return the checks as a Markdown table, for the documentation."""
    heads = [t(f"checks.table.{name}") for name in ("what", "published", "ours", "ratio", "conditions", "source")]
    lines = [heads, ["---"] * len(heads), *(_row(one, t) for one in checks)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def ratio(value: float, t: Translator) -> str:
    """Return how many times more or less ours is: "3 fois plus", "26 fois moins"."""
    if 1 / AS_MUCH <= value <= AS_MUCH:
        return t("checks.same")
    if value > 1:
        return t("checks.more", factor=format_number(value, t))
    return t("checks.less", factor=format_number(1 / value, t))


def _lines(check: Check, t: Translator) -> list[str]:
    published = " · ".join(_published(figure, t) for figure in check.figures)
    ours = " · ".join(
        t("checks.our_figure", amount=f"**{_amount(figure, figure.ours, t)}**", ratio=ratio(times, t))
        for figure in check.figures
        if figure.ours and (times := figure.ratio)
    )
    return [
        t(f"checks.kind.{check.kind}", figures=published),
        t("checks.ours", figures=ours, basis=_basis(check, t)),
        _conditions(check, t),
        sources.linked(check.fact, t),
    ]


def _title(check: Check, t: Translator) -> str:
    fact = check.fact
    if fact.subject is None:
        return t(f"measured.{check.id}.title")
    return t("measured.of_model", model=fact.subject, tokens=format_integer(check.answer_tokens, t))


def _conditions(check: Check, t: Translator) -> str:
    fact = check.fact
    if fact.setting is None:
        return t(f"measured.{check.id}.conditions")
    return t(f"measured.setting.{fact.setting}", hardware=fact.hardware)


def _row(check: Check, t: Translator) -> list[str]:
    compared = [figure for figure in check.figures if figure.ours]
    return [
        _title(check, t),
        t(f"checks.kind.{check.kind}", figures="<br>".join(_published(figure, t) for figure in check.figures)),
        "<br>".join(_ours_with_range(figure, t) for figure in compared) + f"<br>{_basis(check, t)}",
        "<br>".join(ratio(figure.ratio, t) for figure in compared if figure.ratio),
        _conditions(check, t),
        sources.linked(check.fact, t),
    ]


def _basis(check: Check, t: Translator) -> str:
    """Return what our figure is for: model, tokens, electricity, and whether it is the GPUs' part alone."""
    key = "checks.basis_assumed" if check.assumed else "checks.basis"
    named = check.fact.subject if check.fact.total_b and check.fact.subject else check.model.title
    basis = t(key, model=named, tokens=format_integer(check.answer_tokens, t))
    if check.gpu_only:
        return f"{basis}, {t('checks.gpu_only')}"
    if any(figure.ours and figure.quantity != "energy_wh" for figure in check.figures):
        return f"{basis}, {t('checks.zone', zone=zones.name(check.zone, t))}"
    return basis


def _published(figure: Compared, t: Translator) -> str:
    return format_quantity(figure.published, _ladder(figure), t, DERIVED)


def _ladder(figure: Compared) -> UnitScale:
    """Return the one unit in which both figures stand."""
    return one_unit(figure.published, LADDERS[figure.quantity])


def _amount(figure: Compared, ours: Range, t: Translator) -> str:
    return format_quantity(ours.expected, _ladder(figure), t)


def _ours_with_range(figure: Compared, t: Translator) -> str:
    ours = figure.ours
    assert ours is not None, "only what can be compared is shown"
    text = _amount(figure, ours, t)
    if ours.low == ours.high:
        return text
    return f"{text}{NO_BREAK}({format_interval(ours, _ladder(figure), t)})"
