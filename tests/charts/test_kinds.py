"""Every kind of chart: its size, its journey to the other process, its description, and the odd ones."""

from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image

from bot.charts.drawing.canvas import PIXELS, writable
from bot.charts.drawing.heat_map import EMPTY, STEPS, colour
from bot.charts.records.bars import Bar, BarChart
from bot.charts.records.chart import MAX_ALT, WIDTH, Chart
from bot.charts.records.columns import Column, ColumnChart
from bot.charts.records.heat_map import HeatMap
from bot.charts.records.ranking import Rank, Ranking
from bot.charts.records.scale import Scale, Tick
from bot.charts.records.shares import Part, ShareChart
from bot.charts.renderer import DRAWN, draw

TITLE = {"title": "Un titre", "subtitle": "un sous-titre", "notes": ("une note",), "alt": "ce qu’on voit"}
TICKS = (Tick(0.0, "0 Wh"), Tick(0.8, "1 000 Wh"))
BAR = Bar("Un modèle", "1 Wh", "0,5 – 2 Wh", 0.2, 0.5, 0.8, hatched=True)
NOTHING = Column("lun.", "", 0.0, 0.0, 0.0)
DAY = tuple(hour / 23 for hour in range(24))

KINDS: list[Chart] = [
    BarChart(**TITLE, bars=(BAR,), ticks=TICKS, log=True),
    BarChart(**TITLE, bars=(BAR, Bar("Exact", "1 Wh", "", 0.3, 0.3, 0.3)), ticks=TICKS, log=False),
    ColumnChart(**TITLE, columns=(Column("lun.", "1", 0.2, 0.4, 0.8, before=0.5), NOTHING), ticks=TICKS),
    ColumnChart(**TITLE, columns=(NOTHING,) * 31, ticks=TICKS),
    HeatMap(**TITLE, days=("lun.",) * 7, hours=("0 h", "6 h", "12 h", "18 h"), cells=(DAY,) * 7, least="0", most="9"),
    Ranking(**TITLE, ranks=(Rank("1", "Léo 🌱", "1 Wh", 0.2, 0.5, 0.9, marked=True), Rank("2", "田中", "0", 0, 0, 0))),
    ShareChart(**TITLE, parts=(Part("polis", "0", 0.0), Part("autres", "3", 1.0)), bars=(BAR,), ticks=TICKS, log=False),
]


@pytest.mark.parametrize("chart", KINDS, ids=lambda one: type(one).__name__)
def test_each_kind_travels_and_is_drawn_at_its_size(chart: Chart) -> None:
    again = Chart.from_json(chart.to_json())
    assert again == chart
    assert hash(again) == hash(chart)
    with Image.open(BytesIO(draw(again))) as shown:
        assert shown.format == "PNG"
        assert shown.size == (WIDTH * PIXELS, chart.height * PIXELS)


def test_all_kinds_are_drawn_here() -> None:
    assert {type(one) for one in KINDS} == set(DRAWN) == set(Chart.kinds.values())


@pytest.mark.parametrize("alt", ["", "  \n", "x" * (MAX_ALT + 1)])
def test_no_picture_without_a_description(alt: str) -> None:
    with pytest.raises(ValueError, match="alternative text"):
        Ranking(title="t", subtitle="s", ranks=(), alt=alt)


def test_names_lose_what_cannot_be_written() -> None:
    assert writable("Inès 🌱 du Val") == "Inès  du Val"
    assert writable("田中さん") == "…"
    assert writable("") == ""


def test_every_step_of_the_heat_map_is_lighter_than_the_one_before() -> None:
    def light(shade: str) -> float:
        red, green, blue = (int(shade[place : place + 2], 16) for place in (1, 3, 5))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    shades = [light(shade) for shade in (EMPTY, *STEPS)]
    assert shades == sorted(shades)
    assert min(b - a for a, b in pairwise(shades)) > 15
    assert [colour(share) for share in (0.0, 0.01, 0.5, 1.0)] == [EMPTY, STEPS[0], STEPS[2], STEPS[-1]]


def test_a_scale_of_nothing_has_places_too() -> None:
    assert Scale.linear(0.0).place(0.0) == 0.0
    assert len(Scale.linear(0.0).ticks()) >= 2
