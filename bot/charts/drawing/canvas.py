"""The card that every chart is drawn on, and what is drawn on it: boxes, lines, words that fit."""

import io
import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.patches import FancyBboxPatch
from matplotlib.text import Text
from PIL import Image

from bot.charts.records.chart import NOTE, WIDTH, Chart
from bot.charts.records.scale import Tick

PIXELS = 3
"""Pixels per unit: phones have three to a point."""

_TURNED = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]"
_RIGHT_TO_LEFT = re.compile(rf"{_TURNED}(?:[^\w]*{_TURNED})*")
"""A run of Hebrew or Arabic letters, with the signs between them."""

COLOURS = 128
"""Colours of a picture's palette."""

EDGE = 16
INSIDE = WIDTH - 2 * EDGE
"""Units left and right of the bars, and between."""

BIG, MEDIUM, SMALL = 17, 15, 12
"""Sizes of words, in units."""

CARD, FRAME, GRID = "#16211d", "#3d4d46", "#33423c"
TEXT, QUIET = "#f3f6f4", "#b4c2bb"
PLAIN, OWN, BRIGHT = "#4fb3a1", "#f0b429", "#ffffff"
"""A card that is opaque, so it looks the same on dark and light. Blue-green and amber differ in lightness too."""

HATCH = "//////"
mpl.rcParams["hatch.linewidth"] = 1.4


class Canvas:
    """A chart's card, measured in units from its upper left corner."""

    def __init__(self, chart: Chart) -> None:
        # a unit is a point, of which there are 72 in the inch that figures are measured in
        self.figure = Figure(figsize=(WIDTH / 72, chart.height / 72), dpi=72 * PIXELS, facecolor="none")
        self._agg = FigureCanvasAgg(self.figure)
        self.axes: Axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set_axis_off()
        self.axes.set(xlim=(0, WIDTH), ylim=(chart.height, 0))
        self.box(0.75, 0.75, WIDTH - 1.5, chart.height - 1.5, 12, facecolor=CARD, edgecolor=FRAME, zorder=0)
        shrink(self.words(EDGE, 25, chart.title, BIG, weight="bold"), INSIDE)
        shrink(self.words(EDGE, 43, chart.subtitle, SMALL, color=QUIET), INSIDE)

    def png(self) -> bytes:
        """Return what was drawn with a palette of few colours, a third the size."""
        self._agg.draw()
        image = Image.frombuffer("RGBA", self._agg.get_width_height(), bytes(self._agg.buffer_rgba()))
        file = io.BytesIO()
        image.quantize(COLOURS, method=Image.Quantize.FASTOCTREE).save(file, "PNG", optimize=True)
        return file.getvalue()

    def box(self, x: float, y: float, width: float, height: float, corner: float, **look: Any) -> None:
        """Draw a box with round corners."""
        style = f"round,pad=0,rounding_size={min(corner, width / 2, height / 2)}"
        self.axes.add_patch(FancyBboxPatch((x, y), width, height, boxstyle=style, **{"edgecolor": "none", **look}))

    def line(self, xs: tuple[float, float], ys: tuple[float, float], colour: str, width: float, layer: float) -> None:
        """Draw a straight line."""
        self.axes.plot(xs, ys, color=colour, linewidth=width, zorder=layer, solid_capstyle="butt")

    def whisker(self, xs: tuple[float, float], ys: tuple[float, float], cap: float, width: float = 2) -> None:
        """Draw a range, upright or lying: a bright line with its ends, dark beside so that it shows on any bar."""
        if xs == ys:
            return
        upright = xs[0] == xs[1]
        for thick, shade in ((2.2 * width, CARD), (width, BRIGHT)):
            self.line(xs, ys, shade, thick, 3)
        for x, y in zip(xs, ys, strict=True):
            ends = ((x - cap, x + cap), (y, y)) if upright else ((x, x), (y - cap, y + cap))
            self.line(*ends, BRIGHT, width, 3)

    def words(self, x: float, y: float, text: str, size: float, **look: Any) -> Text:
        """Write on the line `y`; a dollar stays a dollar."""
        given = {"color": TEXT, **look}
        return self.axes.text(x, y, writable(text), fontsize=size, zorder=5, parse_math=False, **given)

    def ticks(self, ticks: Sequence[Tick], spans: Sequence[tuple[float, float]], bottom: float) -> None:
        """Draw upright lines over these stretches from top to bottom, and their labels below."""
        for tick in ticks:
            x = across(tick.place)
            for span in spans:
                self.line((x, x), span, GRID, 1.5, 1)
            label = self.words(x, bottom + 13, tick.label, SMALL, color=QUIET)
            room = width_of(label)
            label.set_x(min(max(x - room / 2, EDGE / 2), WIDTH - EDGE / 2 - room))

    def notes(self, chart: Chart, top: float) -> None:
        """Write the notes, each on a line."""
        for index, note in enumerate(chart.notes):
            shrink(self.words(EDGE, top + NOTE * (index + 0.8), note, SMALL, color=QUIET), INSIDE)


def across(place: float) -> float:
    """Return the units from the left of a share of the width."""
    return EDGE + place * INSIDE


def shrink(text: Text, room: float) -> None:
    """Make words as small as it takes: they are never cut. Widths don't follow sizes exactly, so by steps."""
    while (width := width_of(text)) > room:
        text.set_fontsize(float(text.get_fontsize()) * min(room / width, 0.98))


def width_of(text: Text) -> float:
    """Return the units that words take."""
    return text.get_window_extent().width / PIXELS


def writable(text: str) -> str:
    """Return the text without what our letters lack, such as emoji in names; a mark where nothing is left.

    What is read from right to left is turned, for it is drawn letter by letter from the left.
    """
    kept = "".join(char for char in text if ord(char) in _letters() and unicodedata.category(char) != "Cf")
    return _RIGHT_TO_LEFT.sub(lambda found: found[0][::-1], kept) if kept.strip() or not text.strip() else "…"


@cache
def _letters() -> frozenset[int]:
    return frozenset(get_font(findfont(FontProperties())).get_charmap())
