"""Draws charts in a process of its own: `python -m bot.charts.renderer IDLE_SECONDS`, started by `chart_process`.

Reads charts from standard input and writes PNGs to standard output, each after its length in four bytes; an empty
one first, when it is ready. Ends when its input does, or when nothing came for so long.
"""

import os
import select
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

from bot.charts.chart_process import LENGTH
from bot.charts.drawing import bars, columns, heat_map, ranking, shares
from bot.charts.drawing.canvas import Canvas
from bot.charts.records.bars import BarChart
from bot.charts.records.chart import TOP, Chart
from bot.charts.records.columns import ColumnChart
from bot.charts.records.heat_map import HeatMap
from bot.charts.records.ranking import Ranking
from bot.charts.records.shares import ShareChart

DRAWN: dict[type[Chart], Callable[[Canvas, Any], None]] = {
    BarChart: bars.draw,
    ColumnChart: columns.draw,
    HeatMap: heat_map.draw,
    Ranking: ranking.draw,
    ShareChart: shares.draw,
}


def draw(chart: Chart) -> bytes:
    """Return the chart as a PNG of `WIDTH` × its height units, `PIXELS` pixels to each."""
    canvas = Canvas(chart)
    DRAWN[type(chart)](canvas, chart)
    canvas.notes(chart, TOP + chart.inside)
    return canvas.png()


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
