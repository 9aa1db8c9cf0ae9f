"""Draws what a whole is made of, and bars below."""

from bot.charts.drawing import bars
from bot.charts.drawing.canvas import EDGE, INSIDE, MEDIUM, OWN, PLAIN, QUIET, Canvas, shrink, width_of
from bot.charts.records.chart import TOP, WIDTH
from bot.charts.records.shares import PART, STRIP, ShareChart

REST = "#5b6b64"
TONES = (OWN, PLAIN)
LEAST = 3
"""Units that even the smallest part has."""


def draw(canvas: Canvas, chart: ShareChart) -> None:
    """Draw the strip, its parts in words, and the bars."""
    tones = [*TONES[: len(chart.parts) - 1], REST]
    x = float(EDGE)
    for part, tone in zip(chart.parts, tones, strict=True):
        width = part.share * INSIDE
        if part.share:
            canvas.box(x, TOP + 4, max(width, LEAST) - 1, 20, 2, facecolor=tone, zorder=2)
        x += width
    for index, (part, tone) in enumerate(zip(chart.parts, tones, strict=True)):
        y = TOP + STRIP + PART * index
        canvas.box(EDGE, y + 1, 11, 11, 2, facecolor=tone, zorder=2)
        value = canvas.words(WIDTH - EDGE, y + 11, part.value, MEDIUM - 1, weight="bold", ha="right")
        label = canvas.words(EDGE + 18, y + 11, part.label, MEDIUM - 1, color=QUIET)
        shrink(label, INSIDE - 26 - width_of(value))
    if chart.bars:
        top = TOP + STRIP + PART * len(chart.parts) + 6
        bars.rows(canvas, chart.bars, chart.ticks, top, log=chart.log)
