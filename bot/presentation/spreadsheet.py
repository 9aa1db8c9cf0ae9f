"""Boards as a file for spreadsheets: CSV that Excel and LibreOffice open by a double click in the reader's language."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from babel.numbers import get_decimal_symbol

from bot.presentation import given_names
from bot.presentation.leaderboard import mention
from bot.presentation.translator import Translator
from bot.usecases.records.boards import DayTable, Page

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""With what a spreadsheet takes a cell for a formula."""

MAX_CELL = 100
"""Characters of a name; Discord's channels have no longer ones."""

RANGES = ("answer", "energy", "gwp", "water")
ENDS = ("low", "expected", "high")
COURTESY = ("courtesy_messages", "courtesy_only", "courtesy_words", "courtesy_energy_wh", "courtesy_gwp_g")
MEASURED = (
    "measured_messages",
    "measured_visible_tokens",
    "measured_energy_expected",
    "measured_gwp_expected",
    "measured_water_expected",
)
"""What a day's row holds, by the ledger's names."""

Cell = str | float | None


def table(head: Sequence[str], rows: Iterable[Sequence[Cell]], t: Translator) -> bytes:
    """Return the file: a header row, then the rows; UTF-8 with a mark that says so.

    Where decimals have a comma, spreadsheets expect semicolons between cells.
    """
    point = get_decimal_symbol(t.locale)
    delimiter = ";" if point == "," else ","
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([_cell(cell, point) for cell in head])
    writer.writerows([_cell(cell, point) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _cell(cell: Cell, point: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(FORMULA) else cell
    whole = f"{cell:.6f}".rstrip("0").rstrip(".")
    return whole.replace(".", point)


def file(sheet: Page | DayTable, names: Mapping[int, str | None], t: Translator) -> tuple[str, bytes]:
    """Return the file's name and content; `names` are those of a board's members or channels, as far as known."""
    kind, content = (
        ("totals", daily(sheet, t)) if isinstance(sheet, DayTable) else ("leaderboard", board(sheet, names, t))
    )
    return f"{t(f'csv.file.{kind}')}-{sheet.days.start.isoformat()}.csv", content


def daily(sheet: DayTable, t: Translator) -> bytes:
    """Return a server's days and their sums, by the ledger's names (Wh, g CO2e, mL, USD)."""
    head = [t("csv.day"), t("csv.messages"), t("csv.prompt_tokens")]
    head += [t("csv.range", what=t(f"csv.{name}"), end=t(f"csv.{end}")) for name in RANGES for end in ENDS]
    head += [t(f"csv.{name}") for name in ("cost_usd", *COURTESY, "courtesy_cost_usd", *MEASURED)]
    return table(head, (_day(row.day, row.sums) for row in sheet.rows), t)


def board(page: Page, names: Mapping[int, str | None], t: Translator) -> bytes:
    """Return a whole board: each row's id and name, the name empty where it isn't known.

    Ids are written as mentions: spreadsheets round long numbers, and Discord turns a pasted mention into a name.
    """
    metric = [t(f"csv.metric.{page.metric}")] + ([] if page.metric == "messages" else [t("csv.messages")])
    measured = [t("csv.measured_messages")] if page.measured else []
    head = [t("csv.rank"), t(f"csv.{page.by}"), t("csv.name"), *metric, *measured]
    rows = [
        [
            row.rank,
            mention(page.by)(row.id),
            given_names.plain(names.get(row.id) or "", MAX_CELL),
            *_figures(page, row.value, row.messages),
            *([page.measured.get(row.id, 0)] if measured else []),
        ]
        for row in page.rows
    ]
    if page.others:
        others = page.others
        name = t.many("leaderboard.others", others.rows)
        rows.append([None, None, name, *_figures(page, others.value, others.messages)])
    return table(head, rows, t)


def _figures(page: Page, value: float, messages: int) -> list[Cell]:
    return [value] if page.metric == "messages" else [value, messages]


def _day(when: date, sums: Mapping[str, float]) -> list[Cell]:
    """Return a day's row; what no message had a figure for stays empty."""
    water, cost = bool(sums["with_water"]), bool(sums["with_cost"])
    ranges = [sums[f"{name}_{end}"] if water or name != "water" else None for name in RANGES for end in ENDS]
    return [
        when.isoformat(),
        sums["messages"],
        sums["prompt_tokens"],
        *ranges,
        sums["cost_usd"] if cost else None,
        *(sums[name] for name in COURTESY),
        sums["courtesy_cost_usd"] if cost else None,
        *(
            sums[name] if sums["measured_with_water"] or name != "measured_water_expected" else None
            for name in MEASURED
        ),
    ]
