"""A page of a board, as bars."""

from collections.abc import Mapping

from bot.charts.records.ranking import Rank, Ranking
from bot.charts.records.scale import Scale
from bot.estimation.ranges import Range
from bot.ledger.records import Standing
from bot.presentation import leaderboard
from bot.presentation.leaderboard import LADDERS, Named
from bot.presentation.numbers import format_integer, format_quantity
from bot.presentation.pictures.alt_text import joined
from bot.presentation.translator import Translator
from bot.usecases.records.boards import Page

MAX_LABEL = 26
"""Characters of a name that can be read at a phone's width; the description has all of it."""

MARK = "🏆 "


def picture(page: Page, named: Named, ranges: Mapping[int, Range], t: Translator) -> Ranking:
    """Return the bars; `named` gives plain names, `ranges` is empty where nothing is estimated."""
    largest = max([row.value for row in page.shown] + [one.high for one in ranges.values()])
    scale = Scale.linear(largest)
    estimated = page.metric in LADDERS
    return Ranking(
        title=leaderboard.title(page, t).removeprefix(MARK),
        subtitle=t("compare.chart.bars" if estimated else "picture.ranking.counted"),
        notes=(t("picture.estimate"),) if estimated else (),
        alt=alt(page, named, ranges, t),
        ranks=tuple(_rank(row, page, named, ranges, scale, t) for row in page.shown),
    )


def alt(page: Page, named: Named, ranges: Mapping[int, Range], t: Translator) -> str:
    """Return each row in words."""
    rows = [_row(row, page, named, ranges, t) for row in page.shown]
    return t("picture.ranking.alt", title=leaderboard.title(page, t).removeprefix(MARK), rows=joined(rows, 850))


def _rank(row: Standing, page: Page, named: Named, ranges: Mapping[int, Range], scale: Scale, t: Translator) -> Rank:
    name, around = named(row.id), ranges.get(row.id) or Range.exactly(row.value)
    return Rank(
        place=format_integer(row.rank, t),
        label=name if len(name) <= MAX_LABEL else f"{name[: MAX_LABEL - 1].rstrip()}…",
        value=leaderboard.value(row.value, page.metric, t),
        low=scale.place(around.low),
        expected=scale.place(row.value),
        high=scale.place(around.high),
        marked=row == page.own,
    )


def _row(row: Standing, page: Page, named: Named, ranges: Mapping[int, Range], t: Translator) -> str:
    label, value = f"{row.rank}. {named(row.id)}", leaderboard.value(row.value, page.metric, t)
    if page.metric not in LADDERS or row.id not in ranges:
        return t("picture.short_row", label=label, amount=value)
    low, high = (format_quantity(one, LADDERS[page.metric], t) for one in (ranges[row.id].low, ranges[row.id].high))
    return t("picture.row", label=label, amount=value, low=low, high=high)
