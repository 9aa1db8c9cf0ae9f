"""One style for days, from one module: "27 novembre 2026", "27 November 2026"."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.presentation import days
from bot.presentation.translator import Catalogues
from bot.usecases.records.boards import Days

ROOT = Path(__file__).parents[2]
FOR_MACHINES = {"spreadsheet.py", "as_json.py"}
"""A spreadsheet and JSON have days by ISO 8601."""

OTHERWISE = re.compile(r"format_date|format_datetime|format_interval\(.*locale|isoformat\(\)|:%[dBbY]|strftime")
ISO = re.compile(r"\b(19|20)\d\d-\d\d(-\d\d)?\b")


@pytest.mark.parametrize(
    ("iso", "french", "english"),
    [
        ("2026-11-27", "27 novembre 2026", "27 November 2026"),
        ("2026-07-01", "1er juillet 2026", "1 July 2026"),
        ("2026-08-11", "11 août 2026", "11 August 2026"),
        ("2026-08", "août 2026", "August 2026"),
        ("2026", "2026", "2026"),
    ],
)
def test_a_date_as_exact_as_it_is_given(catalogues: Catalogues, iso: str, french: str, english: str) -> None:
    assert days.written(iso, catalogues.translator("fr")) == french
    assert days.written(iso, catalogues.translator("en-US")) == english


@pytest.mark.parametrize(
    ("first", "last", "french", "english"),
    [
        (date(2026, 11, 1), date(2026, 11, 7), "1er–7 novembre 2026", "1–7 November 2026"),
        (date(2026, 11, 30), date(2026, 12, 6), "30 novembre – 6 décembre 2026", "30 November – 6 December 2026"),
        (
            date(2026, 12, 28),
            date(2027, 1, 3),
            "28 décembre 2026 – 3 janvier 2027",
            "28 December 2026 – 3 January 2027",
        ),
        (date(2026, 11, 30), date(2026, 11, 30), "30 novembre 2026", "30 November 2026"),
    ],
)
def test_a_stretch_of_days(catalogues: Catalogues, first: date, last: date, french: str, english: str) -> None:
    stretch = Days("week", first, last + timedelta(days=1), None)
    assert days.span(stretch, catalogues.translator("fr")) == french
    assert days.span(stretch, catalogues.translator("en-GB")) == english


def test_a_moment_in_a_terminal(catalogues: Catalogues) -> None:
    moment = datetime(2026, 11, 27, 14, 5, tzinfo=UTC)
    assert days.moment(moment, catalogues.translator("fr")) == "27 novembre 2026, 14:05"


def test_no_other_module_writes_days() -> None:
    rooms = [*(ROOT / "bot" / "presentation").rglob("*.py"), *(ROOT / "cogs").rglob("*.py")]
    others = [path for path in rooms if path.name not in FOR_MACHINES | {"days.py"}]
    assert len(others) > 50
    wrong = [path.name for path in others if OTHERWISE.search(path.read_text("utf-8"))]
    assert not wrong


@pytest.mark.parametrize("page", ["methode.md", "method.md"])
def test_the_documentation_has_no_iso_dates_in_its_tables(page: str) -> None:
    rows = [line for line in (ROOT / "docs" / page).read_text("utf-8").splitlines() if line.startswith("| ")]
    assert len(rows) > 100
    shown = [re.sub(r"\]\([^)]*\)|`[^`]*`", "", row).rpartition(" | ")[2] for row in rows]
    assert not [one for one in shown if re.search(rf"{ISO.pattern}( \(|\)? \|$)", one)]
