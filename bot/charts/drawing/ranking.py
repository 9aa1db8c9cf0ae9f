"""Draws a ranking."""

from bot.charts.drawing.canvas import EDGE, FRAME, INSIDE, OWN, PLAIN, QUIET, SMALL, Canvas, across, shrink, width_of
from bot.charts.records.chart import TOP, WIDTH
from bot.charts.records.ranking import LINE, Rank, Ranking

PLACE = 26
"""Units that a rank's number takes."""

SIZE = 14


def draw(canvas: Canvas, chart: Ranking) -> None:
    """Draw all ranks."""
    for index, rank in enumerate(chart.ranks):
        _line(canvas, rank, TOP + index * LINE)


def _line(canvas: Canvas, rank: Rank, top: float) -> None:
    canvas.words(EDGE, top + 15, rank.place, SMALL, color=QUIET)
    look = {"weight": "bold", "color": OWN} if rank.marked else {"weight": "bold"}
    value = canvas.words(WIDTH - EDGE, top + 15, rank.value, SIZE, ha="right", **look)
    label = canvas.words(EDGE + PLACE, top + 15, rank.label, SIZE, **look)
    shrink(label, INSIDE - PLACE - 10 - width_of(value))
    middle, colour = top + 25, OWN if rank.marked else PLAIN
    canvas.box(EDGE, middle - 1, INSIDE, 2, 1, facecolor=FRAME, zorder=1)
    canvas.box(EDGE, middle - 4.5, max(rank.expected * INSIDE, 2), 9, 2, facecolor=colour, zorder=2)
    if rank.low < rank.high:
        canvas.whisker((across(rank.low), across(rank.high)), (middle, middle), 4, 1.5)
