"""What pictures show and say, in both languages: nothing, one thing, much, long names."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.charts.records.chart import MAX_ALT, Chart
from bot.estimation.ranges import Range
from bot.ledger.records import CourtesyTotals, Standing, Totals
from bot.presentation import leaderboard, pictured
from bot.presentation.pictures import courtesy, ranking, timeline, training, week_hours
from bot.presentation.pictures.alt_text import joined
from bot.presentation.translator import Catalogues, Translator
from bot.usecases.estimates import Estimates
from bot.usecases.records.boards import Days, Page, Summary, Tax, Trend
from bot.usecases.records.timelines import DAY, MONTH, Stretch, Timeline, WeekHours
from bot.usecases.records.trainings import AverageUse

WEEK = Days("week", date(2026, 11, 23), date(2026, 11, 30), date(2026, 11, 3))
WATTS = (210.0, 340.0, 0.0, 1234.5)


def around(value: float) -> Range:
    return Range(value * 0.4, value, value * 1.9)


def week(*watts: float, before: float | None = 100.0) -> Timeline:
    values = [*watts, *[0.0] * (7 - len(watts))]
    days = [WEEK.start + timedelta(days=number) for number in range(7)]
    return Timeline(WEEK, DAY, [Stretch(d, around(v), before) for d, v in zip(days, values, strict=True)])


def totals(**more: object) -> Totals:
    base = Totals(
        messages=100,
        prompt_tokens=1,
        answer_tokens=Range(1, 2, 4),
        energy_wh=around(1200.0),
        gwp_g=around(400.0),
        water_ml=None,
        cost_usd=None,
        courtesy=CourtesyTotals(23, 8, 30, 62.0, 20.0, None),
        members=3,
        channels=2,
        with_water=0,
        with_cost=0,
    )
    return replace(base, **more)


def tax(energy: float = 62.0, polite: int = 23) -> Tax:
    counted = totals(courtesy=CourtesyTotals(polite, min(polite, 8), polite, energy, 1.0, None))
    return Tax(WEEK, counted, [], 1, 0.0, None, None, {})  # pyright: ignore[reportArgumentType]


def board(values: list[float], metric: str = "energy") -> Page:
    rows = [Standing(place, place, value, 1) for place, value in enumerate(values, 1)]
    return Page(WEEK, "members", metric, 1, 1, rows)


@pytest.fixture(params=["fr", "en"])
def t(request: pytest.FixtureRequest, catalogues: Catalogues) -> Translator:
    return catalogues.translator(request.param)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2009", " ")


def inside(chart: Chart) -> bool:
    return 0 < len(chart.alt) <= MAX_ALT


def test_a_week_in_words(catalogues: Catalogues) -> None:
    found = timeline.picture(week(*WATTS), catalogues.translator("fr"))
    alt = plain(found.alt)
    assert alt.startswith("Énergie par jour, cette semaine, en colonnes : 1,8 kWh en tout (de 0,71 kWh à 3,4 kWh). ")
    assert "24 nov. : 0,34 kWh (de 0,14 kWh à 0,65 kWh), 0,1 kWh à la période précédente" in alt
    assert "25 nov. : 0 kWh, " in alt
    assert [plain(column.label) for column in found.columns[:2]] == ["lun.", "mar."]
    assert [column.value for column in found.columns[:4]] == ["0,21", "0,34", "", "1,2"]
    assert found.notes[0].startswith("▬")


def test_every_bar_has_its_range_inside(t: Translator) -> None:
    for chart in (timeline.picture(week(*WATTS), t), timeline.picture(week(before=None), t)):
        assert inside(chart)
        for column in chart.columns:
            assert 0 <= column.low <= column.expected <= column.high <= 1


def test_a_quiet_week_has_neither_bars_nor_marks(t: Translator) -> None:
    found = timeline.picture(week(before=None), t)
    assert t("picture.nothing") in found.alt
    assert {column.before for column in found.columns} == {None}
    assert len(found.notes) == 1


@pytest.mark.parametrize("unit", [DAY, MONTH])
def test_long_periods_label_some_columns_and_tell_all(t: Translator, unit: str) -> None:
    days = [date(2024, 1, 1) + timedelta(days=30 * number) for number in range(24)]
    chart = timeline.picture(Timeline(WEEK, unit, [Stretch(day, around(1e6)) for day in days]), t)
    assert inside(chart)
    assert sum(bool(column.label) for column in chart.columns) <= timeline.MAX_LABELS
    assert "…" not in chart.alt


def test_hours(catalogues: Catalogues) -> None:
    messages = [[0] * 24 for _ in range(7)]
    messages[1][14], messages[1][15], messages[6][0] = 31, 3, 1
    chart = week_hours.picture(WeekHours(WEEK, messages), catalogues.translator("fr"))
    assert plain(chart.alt).endswith("mardi : 34 messages, surtout vers 14 h · dimanche : 1 message, surtout vers 0 h.")
    assert (chart.cells[1][14], chart.cells[6][0], chart.cells[0][0]) == (1.0, 1 / 31, 0.0)
    nothing = week_hours.picture(WeekHours(WEEK, [[0] * 24] * 7), catalogues.translator("fr"))
    assert nothing.alt.endswith("rien.")


def test_ranking_says_all_of_a_name_and_shows_its_beginning(t: Translator) -> None:
    page = board([600.0, 3.0])
    named = leaderboard.plain({1: "Camille " * 20, 2: None}, t)
    chart = ranking.picture(page, named, {1: around(600.0), 2: around(3.0)}, t)
    assert len(chart.ranks[0].label) <= ranking.MAX_LABEL
    assert "Camille Camille Camille Camille" in chart.alt
    assert chart.ranks[1].label == t("leaderboard.left").strip("*")
    assert (chart.ranks[0].low, chart.ranks[0].high) == pytest.approx((0.4 / 1.9 / 1.15, 1 / 1.15))


def test_ten_long_names_fit_the_description(t: Translator) -> None:
    page = board([float(100 - n) for n in range(10)])
    named = leaderboard.plain(dict.fromkeys(range(1, 11), "x" * 90), t)
    assert inside(ranking.picture(page, named, {n: around(1.0) for n in range(1, 11)}, t))


def test_what_was_counted_has_no_range(t: Translator) -> None:
    chart = ranking.picture(board([5.0], "messages"), leaderboard.plain({}, t), {}, t)
    assert chart.ranks[0].label == t("picture.ranking.unnamed")
    assert chart.ranks[0].low == chart.ranks[0].high == chart.ranks[0].expected
    assert chart.notes == ()


@pytest.mark.parametrize(("energy", "log"), [(1000.0, False), (0.001, True)])
def test_politeness(t: Translator, energy: float, log: bool) -> None:
    chart = courtesy.picture(tax(energy), t)
    assert chart is not None
    assert inside(chart)
    assert chart.log is log
    assert [part.share for part in chart.parts] == [0.08, 0.15, 0.77]
    assert [bar.hatched for bar in chart.bars] == [False, True]
    for bar in chart.bars:
        assert 0 <= bar.low < bar.expected < bar.high <= 1


def test_nobody_polite_no_picture(t: Translator) -> None:
    assert courtesy.picture(tax(0.0, 0), t) is None


@pytest.mark.parametrize("answer", [None, AverageUse(around(0.5), "GPT-4o")])
def test_training(t: Translator, answers: Estimates, answer: AverageUse | None) -> None:
    overview = answers.trainings(answer)
    chart = training.picture([row.training for row in overview.rows], overview.use, t)
    assert chart is not None
    assert inside(chart)
    assert [bar.expected for bar in chart.bars] == sorted((bar.expected for bar in chart.bars), reverse=True)
    assert chart.bars[-1].marked
    assert chart.bars[-1].low < chart.bars[-1].high
    assert all(bar.label in chart.alt and bar.value in chart.alt for bar in chart.bars)
    assert chart.bars[0].hatched, "derived from GPU-hours"


def test_a_training_without_energy_has_no_picture(t: Translator, answers: Estimates) -> None:
    page = answers.training("mistral large 2", None)
    assert pictured.training(page, t).chart is None
    assert pictured.training(page, t).beside


def test_beside_a_picture_there_is_one_number_one_ratio_one_comparison(t: Translator) -> None:
    shown = pictured.totals(Summary(WEEK, totals(), trend=Trend(0.5)), week(*WATTS), t)
    assert len(shown.beside) == 3
    assert len(shown.alone) > len(shown.beside)
    assert shown.text(pictured=False).count("\n") > shown.text(pictured=True).count("\n")


def test_rows_are_whole_or_left_out() -> None:
    assert joined(["ab", "cd"], 100) == "ab · cd"
    assert joined(["ab"] * 10, 12) == "ab · ab · …"
    assert joined([], 10) == ""
