"""Draws columns side by side."""

from bot.charts.drawing.canvas import CARD, EDGE, GRID, PLAIN, QUIET, SMALL, Canvas, shrink, width_of
from bot.charts.records.chart import TOP, WIDTH
from bot.charts.records.columns import PLOT, Column, ColumnChart

FLOOR = TOP + PLOT
UPWARDS = PLOT - 14
"""Units that the columns have, below the highest one's figure."""

WORDY = 10
"""Up to so many columns have room for their figures."""


def draw(canvas: Canvas, chart: ColumnChart) -> None:
    """Draw the ticks, then the columns to the right of their labels."""
    left = EDGE + _ticks(canvas, chart)
    step = (WIDTH - EDGE - left) / max(len(chart.columns), 1)
    for index, column in enumerate(chart.columns):
        _column(canvas, column, left + step * (index + 0.5), step, wordy=len(chart.columns) <= WORDY)


def _ticks(canvas: Canvas, chart: ColumnChart) -> float:
    labels = [
        canvas.words(EDGE, _height(tick.place), tick.label, SMALL, color=QUIET, va="center") for tick in chart.ticks
    ]
    room = max((width_of(label) for label in labels), default=0.0) + 8
    for tick in chart.ticks:
        y = _height(tick.place)
        canvas.line((EDGE + room, WIDTH - EDGE), (y, y), GRID, 1.5, 1)
    return room


def _column(canvas: Canvas, column: Column, middle: float, step: float, *, wordy: bool) -> None:
    width = min(step * 0.6, 40)
    top = _height(column.expected)
    if column.expected:
        canvas.box(middle - width / 2, top, width, max(FLOOR - top, 2), 2, facecolor=PLAIN, zorder=2)
        canvas.whisker(
            (middle, middle), (_height(column.low), _height(column.high)), min(width / 4, 5), min(width / 5, 2)
        )
    if column.before is not None:
        _before(canvas, middle, width, _height(column.before))
    label = canvas.words(middle, FLOOR + 16, column.label, SMALL, color=QUIET, ha="center")
    if wordy:
        shrink(label, step - 3)
        highest = min(_height(place) for place in (column.high, column.expected, column.before or 0.0))
        shrink(canvas.words(middle, highest - 5, column.value, SMALL, weight="bold", ha="center"), step - 3)


def _before(canvas: Canvas, middle: float, width: float, y: float) -> None:
    """Draw a quiet mark across the column: where the same day of the period before came to."""
    reach = width / 2 + min(width / 8, 3)
    for thick, colour in ((5, CARD), (2.5, QUIET)):
        canvas.line((middle - reach, middle + reach), (y, y), colour, thick, 2.5)


def _height(place: float) -> float:
    return FLOOR - place * UPWARDS
