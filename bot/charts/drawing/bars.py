"""Draws bars below each other."""

from collections.abc import Sequence

from matplotlib.patches import Circle

from bot.charts.drawing.canvas import (
    BRIGHT,
    CARD,
    EDGE,
    FRAME,
    HATCH,
    INSIDE,
    MEDIUM,
    OWN,
    PLAIN,
    QUIET,
    SMALL,
    Canvas,
    across,
    shrink,
    width_of,
)
from bot.charts.records.bars import ROW, Bar, BarChart
from bot.charts.records.chart import TOP, WIDTH
from bot.charts.records.scale import Tick

MIDDLE = 26
"""Units from a row's top to the middle of its bar."""


def draw(canvas: Canvas, chart: BarChart) -> None:
    """Draw all bars and their axis."""
    rows(canvas, chart.bars, chart.ticks, TOP, log=chart.log)


def rows(canvas: Canvas, bars: Sequence[Bar], ticks: Sequence[Tick], top: float, *, log: bool) -> None:
    """Draw bars from `top` on; lines for ticks go across them, not through words."""
    bottom = top + ROW * len(bars)
    middles = [top + index * ROW + MIDDLE for index in range(len(bars))]
    canvas.ticks(ticks, [*((middle - 8, middle + 8) for middle in middles), (bottom - 4, bottom)], bottom)
    for index, bar in enumerate(bars):
        _row(canvas, bar, top + index * ROW, log=log)


def _row(canvas: Canvas, bar: Bar, top: float, *, log: bool) -> None:
    name = f"▸ {bar.label}" if bar.marked else bar.label
    label = canvas.words(EDGE, top + 14, name, MEDIUM, weight="bold")
    value = canvas.words(WIDTH - EDGE, top + 14, bar.value, MEDIUM, weight="bold", ha="right")
    shrink(label, INSIDE - 8 - width_of(value))
    (_band if log else _bar)(canvas, bar, top + MIDDLE, OWN if bar.marked else PLAIN)
    shrink(canvas.words(WIDTH - EDGE, top + 45, bar.span, SMALL, color=QUIET, ha="right"), INSIDE)


def _bar(canvas: Canvas, bar: Bar, middle: float, colour: str) -> None:
    """Draw from zero to the expected value, and a line for the range."""
    width = max(bar.expected * INSIDE, 2)
    canvas.box(EDGE, middle - 6, width, 12, 1, **_look(bar, colour), zorder=2)
    if bar.low < bar.high:
        canvas.whisker((across(bar.low), across(bar.high)), (middle, middle), 5)


def _band(canvas: Canvas, bar: Bar, middle: float, colour: str) -> None:
    """Draw the range and a dot for the expected value: from the edge, a length would mean nothing on such a scale."""
    low, expected, high = across(bar.low), across(bar.expected), across(bar.high)
    canvas.line((EDGE, low), (middle, middle), FRAME, 1.5, 2)
    if bar.low < bar.high:
        canvas.box(low, middle - 5, max(high - low, 3), 10, 4, **_look(bar, colour), zorder=3)
        inside, edge = BRIGHT, CARD
    else:
        inside, edge = (CARD if bar.hatched else colour), (colour if bar.hatched else CARD)
    canvas.axes.add_patch(Circle((expected, middle), 6, facecolor=inside, edgecolor=edge, linewidth=2, zorder=4))


def _look(bar: Bar, colour: str) -> dict[str, object]:
    return {"facecolor": CARD, "edgecolor": colour, "hatch": HATCH} if bar.hatched else {"facecolor": colour}
