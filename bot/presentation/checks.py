"""Our estimates beside published and measured figures: the *Vérifications* button, and the documentation's table."""

from collections.abc import Sequence

from bot.estimation.facts.checks import Check, Compared
from bot.estimation.facts.fact import Fact
from bot.estimation.ranges import Range
from bot.presentation import zones
from bot.presentation.method import Section
from bot.presentation.numbers import ENERGY, GWP, METALS, NO_BREAK, WATER, Ladder, amount, number, one_unit, span, whole
from bot.presentation.training import source
from bot.presentation.translator import Words

LADDERS: dict[str, Ladder] = {"energy_wh": ENERGY, "gwp_g": GWP, "water_ml": WATER, "adpe_ug": METALS}

AS_MUCH = 1.1
"""Up to which ratio two figures count as the same."""


def intro(crosscheck: Fact, words: Words) -> str:
    """Return what the comparison shows, and how EcoLogits does against measured GPUs in general."""
    figures = {name: number(crosscheck[key], words) for name, key in _CROSSCHECK.items()}
    return words("checks.text", **figures, cases=crosscheck["pairs"], url=crosscheck["url"], date=crosscheck["date"])


def sections(checks: Sequence[Check], words: Words) -> list[Section]:
    """Return one section per published answer: theirs, ours, the conditions, the source."""
    return [(words(f"measured.{one.id}.title"), "\n".join(_lines(one, words))) for one in checks]


def table(checks: Sequence[Check], words: Words) -> str:
    """Return the checks as a Markdown table, for the documentation."""
    heads = [words(f"checks.table.{name}") for name in ("what", "published", "ours", "ratio", "conditions", "source")]
    lines = [heads, ["---"] * len(heads), *(_row(one, words) for one in checks)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def ratio(value: float, words: Words) -> str:
    """Return how many times more or less ours is: "3 fois plus", "26 fois moins"."""
    if 1 / AS_MUCH <= value <= AS_MUCH:
        return words("checks.same")
    if value > 1:
        return words("checks.more", factor=number(value, words))
    return words("checks.less", factor=number(1 / value, words))


_CROSSCHECK = {"low": "low", "median": "value", "high": "high"}


def _lines(check: Check, words: Words) -> list[str]:
    published = " · ".join(_published(figure, words) for figure in check.figures)
    ours = " · ".join(
        words("checks.our_figure", amount=f"**{_amount(figure, figure.ours, words)}**", ratio=ratio(times, words))
        for figure in check.figures
        if figure.ours and (times := figure.ratio)
    )
    return [
        words(f"checks.kind.{check.kind}", figures=published),
        words("checks.ours", figures=ours, basis=_basis(check, words)),
        words(f"measured.{check.id}.conditions"),
        source(check.fact, words),
    ]


def _row(check: Check, words: Words) -> list[str]:
    compared = [figure for figure in check.figures if figure.ours]
    return [
        words(f"measured.{check.id}.title"),
        words(f"checks.kind.{check.kind}", figures="<br>".join(_published(figure, words) for figure in check.figures)),
        "<br>".join(_ours_with_range(figure, words) for figure in compared) + f"<br>{_basis(check, words)}",
        "<br>".join(ratio(figure.ratio, words) for figure in compared if figure.ratio),
        words(f"measured.{check.id}.conditions"),
        source(check.fact, words),
    ]


def _basis(check: Check, words: Words) -> str:
    """Return what our figure is for: model, tokens, electricity, and whether it is the GPUs' part alone."""
    key = "checks.basis_assumed" if check.assumed else "checks.basis"
    basis = words(key, model=check.model.title, tokens=whole(check.answer_tokens, words))
    if check.gpu_only:
        return f"{basis}, {words('checks.gpu_only')}"
    if any(figure.ours and figure.quantity != "energy_wh" for figure in check.figures):
        return f"{basis}, {words('checks.zone', zone=zones.name(check.zone, words))}"
    return basis


def _published(figure: Compared, words: Words) -> str:
    return amount(figure.published, _ladder(figure), words, 3)


def _ladder(figure: Compared) -> Ladder:
    """Return the one unit in which both figures stand."""
    return one_unit(figure.published, LADDERS[figure.quantity])


def _amount(figure: Compared, ours: Range, words: Words) -> str:
    return amount(ours.expected, _ladder(figure), words)


def _ours_with_range(figure: Compared, words: Words) -> str:
    ours = figure.ours
    assert ours is not None, "only what can be compared is shown"
    text = _amount(figure, ours, words)
    if ours.low == ours.high:
        return text
    return f"{text}{NO_BREAK}({span(ours, _ladder(figure), words)})"
