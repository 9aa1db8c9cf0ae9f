"""A server's board in a few lines: the same for an embed and a terminal."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.presentation import days as in_days
from bot.presentation import totals
from bot.presentation.days import Days
from bot.presentation.numbers import ENERGY, GWP, WATER, format_integer, format_quantity
from bot.presentation.translator import Translator

MEDALS = {1: "🥇", 2: "🥈", 3: "🥉"}
LADDERS = {"energy": ENERGY, "co2": GWP, "water": WATER}
"""The metrics that have a unit; the others are plain numbers."""

COUNTED = {"messages": "totals.messages", "courtesy": "board.expressions"}


@dataclass(frozen=True, slots=True)
class Row:
    """One row: equal values share a rank. `value` in Wh, g CO2e, mL or plainly, by the board's metric."""

    rank: int
    id: int
    value: float
    messages: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a board; pages count from 1. `own` is the asker's row where that is on another page."""

    days: Days
    by: str
    metric: str
    number: int
    pages: int
    rows: Sequence[Row]
    own: Row | None


Named = Callable[[int], str]
"""Shows a member or channel."""


def mention(by: str) -> Named:
    """Return how Discord is told to show members or channels: it writes their name, and pings nobody in an embed."""
    return (lambda one: f"<@{one}>") if by == "members" else (lambda one: f"<#{one}>")


def title(page: Page, t: Translator) -> str:
    """Return what the board is by, and of which period."""
    return t(
        "leaderboard.title",
        by=t(f"leaderboard.by.{page.by}"),
        metric=t(f"leaderboard.metric.{page.metric}"),
        period=in_days.name(page.days, t),
    )


def lines(page: Page, named: Named, t: Translator) -> list[str]:
    """Return the rows, then the asker's own where it is on another page."""
    if not page.rows:
        return totals.empty(page.days, t) if page.days.since is None else [_nobody(page, t)]
    shown = [line(row, page.metric, named, t) for row in page.rows]
    if page.own:
        shown += ["⋯", line(page.own, page.metric, named, t)]
    return shown


def line(row: Row, metric: str, named: Named, t: Translator) -> str:
    """Return one row: its medal or rank, who, how much, from how many messages."""
    place = MEDALS.get(row.rank, f"`{row.rank:>2}`")
    shown = f"{place} {named(row.id)} · **{value(row.value, metric, t)}**"
    if metric == "messages":
        return shown
    return f"{shown} · {t.many('totals.messages', row.messages, count=format_integer(row.messages, t))}"


def value(amount_of_it: float, metric: str, t: Translator) -> str:
    """Return how much in the metric's unit."""
    if metric in LADDERS:
        return format_quantity(amount_of_it, LADDERS[metric], t)
    return t.many(COUNTED[metric], amount_of_it, count=format_integer(amount_of_it, t))


def footer(page: Page, t: Translator) -> str:
    """Return the days, which page this is, and what kind of figures these are."""
    shown = [in_days.dated(page.days, t)]
    if page.pages > 1:
        shown.append(t("leaderboard.page", page=page.number, pages=page.pages))
    if page.metric in LADDERS:
        shown.append(t("leaderboard.estimate"))
    return " · ".join(shown)


def _nobody(page: Page, t: Translator) -> str:
    return t("leaderboard.nobody", period=in_days.name(page.days, t))
