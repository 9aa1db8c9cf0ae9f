"""Draws charts in a process of its own: `python -m bot.charts.renderer IDLE_SECONDS`, started by `chart_process`.

Reads charts from standard input and writes PNGs to standard output, each after its length in four bytes; an empty
one first, when it is ready. Ends when its input does, or when nothing came for so long.
"""

import io
import os
import select
import sys
from typing import Any, BinaryIO

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyBboxPatch
from matplotlib.text import Text
from PIL import Image

from bot.charts.chart import AXIS, NOTE, ROW, TOP, WIDTH, Bar, Chart
from bot.charts.chart_process import LENGTH

PIXELS = 3
"""Pixels per unit: phones have three to a point."""

COLOURS = 128
"""Colours of a picture's palette."""

EDGE = 16
INSIDE = WIDTH - 2 * EDGE
"""Units left and right of the bars, and between."""

MIDDLE = 26
"""Units from a row's top to the middle of its bar."""

BIG, MEDIUM, SMALL = 17, 15, 12
"""Sizes of words, in units."""

CARD, FRAME, GRID = "#16211d", "#3d4d46", "#33423c"
TEXT, QUIET = "#f3f6f4", "#b4c2bb"
PLAIN, OWN, BRIGHT = "#4fb3a1", "#f0b429", "#ffffff"
"""A card that is opaque, so it looks the same on dark and light. Blue-green and amber differ in lightness too."""


def draw(chart: Chart) -> bytes:
    """Return the chart as a PNG of `WIDTH` × its height units, `PIXELS` pixels to each."""
    # a unit is a point, of which there are 72 in the inch that figures are measured in
    figure = Figure(figsize=(WIDTH / 72, chart.height / 72), dpi=72 * PIXELS, facecolor="none")
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set(xlim=(0, WIDTH), ylim=(chart.height, 0))
    _card(axes, chart)
    _axis(axes, chart)
    for index, bar in enumerate(chart.bars):
        _row(axes, bar, TOP + index * ROW, log=chart.log)
    _notes(axes, chart)
    canvas.draw()
    return _png(canvas)


def _png(canvas: FigureCanvasAgg) -> bytes:
    """Return what was drawn with a palette of few colours, a third the size."""
    image = Image.frombuffer("RGBA", canvas.get_width_height(), bytes(canvas.buffer_rgba()))
    file = io.BytesIO()
    image.quantize(COLOURS, method=Image.Quantize.FASTOCTREE).save(file, "PNG", optimize=True)
    return file.getvalue()


def _card(axes: Axes, chart: Chart) -> None:
    _box(axes, 0.75, 0.75, WIDTH - 1.5, chart.height - 1.5, 12, facecolor=CARD, edgecolor=FRAME, zorder=0)
    _shrink(_words(axes, EDGE, 25, chart.title, BIG, weight="bold"), INSIDE)
    _shrink(_words(axes, EDGE, 43, chart.subtitle, SMALL, color=QUIET), INSIDE)


def _axis(axes: Axes, chart: Chart) -> None:
    """Draw a line for each tick, across the bars but not through words, and its label below."""
    bottom = TOP + ROW * len(chart.bars)
    middles = [TOP + index * ROW + MIDDLE for index in range(len(chart.bars))]
    for tick in chart.ticks:
        x = _across(tick.place)
        for top, end in [*((middle - 8, middle + 8) for middle in middles), (bottom - 4, bottom)]:
            axes.plot([x, x], [top, end], color=GRID, linewidth=1.5, zorder=1)
        label = _words(axes, x, bottom + 13, tick.label, SMALL, color=QUIET)
        width = _width(label)
        label.set_x(min(max(x - width / 2, EDGE / 2), WIDTH - EDGE / 2 - width))


def _row(axes: Axes, bar: Bar, top: float, *, log: bool) -> None:
    name = f"▸ {bar.label}" if bar.marked else bar.label
    label = _words(axes, EDGE, top + 14, name, MEDIUM, weight="bold")
    value = _words(axes, WIDTH - EDGE, top + 14, bar.value, MEDIUM, weight="bold", ha="right")
    _shrink(label, INSIDE - 8 - _width(value))
    (_band if log else _bar)(axes, bar, top + MIDDLE, OWN if bar.marked else PLAIN)
    _words(axes, WIDTH - EDGE, top + 45, bar.span, SMALL, color=QUIET, ha="right")


def _bar(axes: Axes, bar: Bar, middle: float, colour: str) -> None:
    """Draw from zero to the expected value, and a line for the range."""
    low, high = _across(bar.low), _across(bar.high)
    _box(axes, EDGE, middle - 6, max(bar.expected * INSIDE, 2), 12, 1, facecolor=colour, zorder=2)
    for width, shade in ((5, CARD), (2, BRIGHT)):
        axes.plot([low, high], [middle, middle], color=shade, linewidth=width, zorder=3)
    for x in (low, high):
        axes.plot([x, x], [middle - 5, middle + 5], color=BRIGHT, linewidth=2, zorder=3)


def _band(axes: Axes, bar: Bar, middle: float, colour: str) -> None:
    """Draw the range and a dot for the expected value: from the edge, a length would mean nothing on such a scale."""
    low, expected, high = _across(bar.low), _across(bar.expected), _across(bar.high)
    axes.plot([EDGE, low], [middle, middle], color=FRAME, linewidth=1.5, zorder=2)
    _box(axes, low, middle - 5, max(high - low, 3), 10, 4, facecolor=colour, zorder=3)
    axes.add_patch(Circle((expected, middle), 6, facecolor=BRIGHT, edgecolor=CARD, linewidth=2, zorder=4))


def _notes(axes: Axes, chart: Chart) -> None:
    top = TOP + ROW * len(chart.bars) + AXIS
    for index, note in enumerate(chart.notes):
        _shrink(_words(axes, EDGE, top + NOTE * (index + 0.8), note, SMALL, color=QUIET), INSIDE)


def _across(place: float) -> float:
    return EDGE + place * INSIDE


def _box(axes: Axes, x: float, y: float, width: float, height: float, corner: float, **look: Any) -> None:
    style = f"round,pad=0,rounding_size={min(corner, width / 2)}"
    axes.add_patch(FancyBboxPatch((x, y), width, height, boxstyle=style, **{"edgecolor": "none", **look}))


def _words(axes: Axes, x: float, y: float, text: str, size: float, **look: Any) -> Text:
    """Write on the line `y`; a dollar stays a dollar."""
    return axes.text(x, y, text, fontsize=size, zorder=5, parse_math=False, **{"color": TEXT, **look})


def _shrink(text: Text, room: float) -> None:
    """Make words as small as it takes: they are never cut. Widths don't follow sizes exactly, so by steps."""
    while (width := _width(text)) > room:
        text.set_fontsize(float(text.get_fontsize()) * min(room / width, 0.98))


def _width(text: Text) -> float:
    return text.get_window_extent().width / PIXELS


def serve(source: BinaryIO, target: BinaryIO, idle: float) -> None:
    """Draw what comes, one chart after the other, until nothing more does."""
    _send(target, b"")
    while select.select([source], [], [], idle)[0] and (head := source.read(LENGTH.size)):
        chart = Chart.from_json(source.read(*LENGTH.unpack(head)))
        _send(target, draw(chart))


def _send(target: BinaryIO, data: bytes) -> None:
    target.write(LENGTH.pack(len(data)) + data)
    target.flush()


if __name__ == "__main__":
    # what a library prints must not end up between pictures
    pictures = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(sys.stdin.buffer, pictures, float(sys.argv[1]))
