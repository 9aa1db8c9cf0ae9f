"""A server's period by day, by hour, and the ranges of a board: what pictures are made of."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from bot.errors import UserError
from bot.estimation.ranges import Range
from bot.ledger import periods
from bot.ledger.periods import Period
from bot.ledger.queries import days, hours, leaderboards
from bot.ledger.records import Board, Day
from bot.usecases.boards import BoardRequest
from bot.usecases.ledger_reader import LedgerReader
from bot.usecases.records.boards import Days, Page
from bot.usecases.records.timelines import DAY, MONTH, WEEK, Stretch, Timeline, WeekHours

log = logging.getLogger(__name__)

MAX_DAYS, MAX_WEEKS, MAX_MONTHS = 31, 26, 24
"""Columns that a picture has room for; of more months the last ones are shown."""

ZERO = Range.exactly(0.0)


async def by_day(reader: LedgerReader, asked: BoardRequest) -> Timeline:
    """Return the period by day; "all" by week or month where it is long."""
    shown = asked.shown(await reader.read(days.first_day, asked.guild_id))
    energies = _energies(await reader.read(days.by_day, asked.guild_id, asked.period))
    if asked.name == periods.ALL:
        return _everything(shown, energies)
    before = periods.preceding(asked.name, shown.start)
    earlier = _energies(await reader.read(days.by_day, asked.guild_id, before))
    stretches = [
        Stretch(day, energies.get(day, ZERO), _before(day - shown.start, earlier, before, shown.since))
        for day in _each(shown.start, shown.end)
    ]
    return Timeline(shown, DAY, stretches)


async def by_hour(reader: LedgerReader, asked: BoardRequest) -> WeekHours | None:
    """Return the period's messages by hour of the week, of its last month at most; None when that takes too long."""
    end = min(asked.period.end, asked.today + periods.DAY)
    start = max(asked.period.start, end - MAX_DAYS * periods.DAY)
    try:
        counted = await reader.read(hours.by_hour, asked.guild_id, Period(start, end), asked.timezone)
    except UserError:
        log.info("no hours of the week")
        return None
    return WeekHours(Days(asked.name, start, end, None), counted)


async def ranges(reader: LedgerReader, asked: BoardRequest, page: Page) -> Mapping[int, Range]:
    """Return the ranges of a page's rows, none for what was counted and not estimated."""
    board = Board(asked.guild_id, asked.period, page.by, page.metric)
    return await reader.read(leaderboards.ranges, board, [row.id for row in page.shown])


def _energies(rows: Iterable[Day]) -> dict[date, Range]:
    return {row.day: Range(*(row.sums[f"energy_{end}"] for end in Range._fields)) for row in rows}


def _each(start: date, end: date) -> list[date]:
    return [start + number * periods.DAY for number in range((end - start).days)]


def _before(into: timedelta, earlier: Mapping[date, Range], before: Period, since: date | None) -> float | None:
    """Return the energy of a day as far into an earlier period, None where there wasn't one or nothing was counted."""
    then = before.start + into
    if then >= before.end or since is None or then < since:
        return None
    return earlier.get(then, ZERO).expected


def _everything(shown: Days, energies: Mapping[date, Range]) -> Timeline:
    every = _each(shown.start, shown.end)
    if len(every) <= MAX_DAYS:
        return Timeline(shown, DAY, [Stretch(day, energies.get(day, ZERO)) for day in every])
    if len(every) <= MAX_WEEKS * 7:
        return Timeline(shown, WEEK, _together((day - day.weekday() * periods.DAY for day in every), every, energies))
    months = _together((day.replace(day=1) for day in every), every, energies)
    return Timeline(shown, MONTH, months[-MAX_MONTHS:])


def _together(firsts: Iterable[date], every: Sequence[date], energies: Mapping[date, Range]) -> list[Stretch]:
    """Return the sums of lows, of expected values and of highs, by the first days of longer stretches."""
    found: dict[date, Range] = {}
    for first, day in zip(firsts, every, strict=True):
        more, sofar = energies.get(day, ZERO), found.get(first, ZERO)
        found[first] = Range(*(a + b for a, b in zip(sofar, more, strict=True)))
    return [Stretch(first, energy) for first, energy in found.items()]
