"""Draws the hours of the week."""

from bot.charts.drawing.canvas import EDGE, FRAME, QUIET, SMALL, TEXT, Canvas, width_of
from bot.charts.records.chart import AXIS, TOP, WIDTH
from bot.charts.records.heat_map import CELL, HeatMap

EMPTY = "#22302a"
STEPS = ("#24505c", "#2f7f7d", "#5aa96b", "#b3c94a", "#fdf07a")
"""From little to much: every step is lighter than the one before, so it reads without colours too."""


def draw(canvas: Canvas, chart: HeatMap) -> None:
    """Draw the days, the hours below them, and what the colours mean."""
    labels = [
        canvas.words(EDGE, TOP + CELL * (index + 0.5), name, SMALL, color=TEXT, va="center")
        for index, name in enumerate(chart.days)
    ]
    left = EDGE + max(width_of(label) for label in labels) + 8
    step = (WIDTH - EDGE - left) / 24
    for row, cells in enumerate(chart.cells):
        for hour, share in enumerate(cells):
            look = {"facecolor": colour(share), "zorder": 2}
            canvas.box(left + hour * step + 0.75, TOP + row * CELL + 1.5, step - 1.5, CELL - 3, 2, **look)
    bottom = TOP + CELL * len(chart.days)
    for index, label in enumerate(chart.hours):
        canvas.words(left + index * 6 * step, bottom + 14, label, SMALL, color=QUIET)
    _key(canvas, chart, bottom + AXIS)


def colour(share: float) -> str:
    """Return the colour of a share of the fullest hour; nothing at all has one of its own."""
    if share <= 0:
        return EMPTY
    return STEPS[min(int(share * len(STEPS)), len(STEPS) - 1)]


def _key(canvas: Canvas, chart: HeatMap, top: float) -> None:
    least = canvas.words(EDGE, top + 11, chart.least, SMALL, color=QUIET)
    x = EDGE + width_of(least) + 8
    for shade in (EMPTY, *STEPS):
        canvas.box(x, top + 1, 20, 12, 2, facecolor=shade, edgecolor=FRAME, zorder=2)
        x += 22
    canvas.words(x + 6, top + 11, chart.most, SMALL, color=QUIET)
