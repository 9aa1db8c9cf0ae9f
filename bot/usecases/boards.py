"""A server's totals and boards, read from the ledger as plain data; commands and command line ask here."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.estimation.estimator import Estimator
from bot.estimation.facts import equivalents
from bot.estimation.facts.politeness_facts import PolitenessFacts
from bot.ledger import periods
from bot.ledger.periods import DAY, Period
from bot.ledger.queries import days, leaderboards
from bot.ledger.queries import totals as sums
from bot.ledger.queries.watermarks import list_gaps
from bot.ledger.records import CHANNELS, MEMBERS, Board, Gap, Standing, Totals
from bot.usecases.ledger_reader import LedgerReader
from bot.usecases.records.boards import Days, DayTable, Joke, Others, Page, Summary, Tax, Trend

PAGE = 10
"""Rows of a page."""

MAX_POLITE_MEMBERS = 3
MAX_TOP_MEMBERS = 3

WEEK, ALL = periods.WEEK, periods.ALL
DEFAULT_BY, DEFAULT_METRIC = MEMBERS, "energy"

Visible = Callable[[Sequence[int]], Awaitable[Collection[int]]]
"""Tells which of these channels all readers of the answer may see."""


@dataclass(frozen=True, slots=True)
class BoardRequest:
    """Of which server, over which period ("week", "month", "all"), as of which moment, in the server's timezone."""

    guild_id: int
    timezone: ZoneInfo
    name: str
    now: datetime

    @property
    def today(self) -> date:
        """Return the day it is there."""
        return periods.local_day(self.now, self.timezone)

    @property
    def period(self) -> Period:
        """Return the days asked for."""
        return periods.period(self.name, self.today)

    def shown(self, since: date | None) -> Days:
        """Return the days as they are shown: "everything" runs from the first day counted to today."""
        period = self.period
        if self.name == periods.ALL:
            period = Period(since or self.today, self.today + DAY)
        return Days(self.name, period.start, period.end, since)

    def touches(self, gap: Gap) -> bool:
        """Tell whether a gap has anything to do with these days."""
        first, last = (periods.local_day(moment, self.timezone) for moment in (gap.start, gap.end))
        return last >= self.period.start and first < self.period.end


@dataclass(frozen=True, slots=True)
class Boards:
    """The use cases. Every reading raises `UserError` when the database doesn't answer in time."""

    reader: LedgerReader
    estimator: Estimator

    async def totals(self, asked: BoardRequest) -> Summary:
        """Return a server's totals, with everyday equivalents and the trend."""
        found = await self._totals(asked)
        since = await self._since(asked)
        amounts = {"energy": found.energy_wh.expected, "gwp": found.gwp_g.expected}
        if found.water_ml:
            amounts["water"] = found.water_ml.expected
        pictures = equivalents.pick(self.estimator.equivalents.values(), amounts)
        return Summary(asked.shown(since), found, pictures, await self._trend(asked, found, since))

    async def leaderboard(
        self, asked: BoardRequest, by: str, metric: str, number: int, asker: int, visible: Visible
    ) -> Page:
        """Return a page of a board (from 1; the nearest one there is), and the asker's row if it is elsewhere.

        Channels that not every reader may see are one row without a name.
        """
        if by == CHANNELS:
            return _page_of(await whole_board(self.reader, asked, by, metric, visible), number)
        board = Board(asked.guild_id, asked.period, by, metric)
        pages = -(-await self.reader.read(leaderboards.count, board) // PAGE)
        number = max(1, min(number, pages))
        rows = await self.reader.read(leaderboards.leaderboard, board, PAGE, (number - 1) * PAGE)
        own = None
        if all(row.id != asker for row in rows):
            own = await self.reader.read(leaderboards.standing_of, board, asker)
        return Page(asked.shown(await self._since(asked)), by, metric, number, pages, rows, own)

    async def top_members(self, asked: BoardRequest) -> list[Standing]:
        """Return the first members by energy, without those who opted out."""
        board = Board(asked.guild_id, asked.period, DEFAULT_BY, DEFAULT_METRIC)
        return await self.reader.read(leaderboards.leaderboard, board, MAX_TOP_MEMBERS)

    async def tax(self, asked: BoardRequest, facts: PolitenessFacts) -> Tax:
        """Return what courtesy takes; `facts` are those of `config/politeness.toml`."""
        found = await self._totals(asked)
        polite = Board(asked.guild_id, asked.period, MEMBERS, "courtesy")
        servers = int(self.estimator.assumptions["many_servers"].value)
        scaled = found.courtesy.energy_wh * servers
        return Tax(
            days=asked.shown(await self._since(asked)),
            totals=found,
            most_polite=await self.reader.read(leaderboards.leaderboard, polite, MAX_POLITE_MEMBERS),
            servers=servers,
            scaled_wh=scaled,
            scaled=self.estimator.equivalence_of(scaled),
            joke=self._joke(facts),
            facts=facts,
        )

    async def sheet(self, asked: BoardRequest, by: str | None, metric: str | None, visible: Visible) -> Page | DayTable:
        """Return a whole board, or without `by` and `metric` the period's days."""
        if by is None or metric is None:
            return await self.days(asked)
        return await whole_board(self.reader, asked, by, metric, visible if by == CHANNELS else None)

    async def days(self, asked: BoardRequest) -> DayTable:
        """Return the period's days and their sums."""
        rows = await self.reader.read(days.by_day, asked.guild_id, asked.period)
        return DayTable(asked.shown(rows[0].day if rows else None), rows)

    async def gaps(self, asked: BoardRequest, visible: Visible) -> list[Gap]:
        """Return what catch-up had to leave out in the period, newest first, in channels that the reader may see."""
        gaps = await self.reader.read(list_gaps, asked.guild_id)
        found = [gap for gap in gaps if asked.touches(gap)]
        seen = await visible([gap.channel_id for gap in found])
        return [gap for gap in found if gap.channel_id in seen]

    async def _totals(self, asked: BoardRequest) -> Totals:
        return await self.reader.read(sums.totals, asked.guild_id, asked.period)

    async def _since(self, asked: BoardRequest) -> date | None:
        return await self.reader.read(days.first_day, asked.guild_id)

    async def _trend(self, asked: BoardRequest, found: Totals, since: date | None) -> Trend | None:
        compared = periods.comparable(asked.name, asked.today)
        if compared is None or since is None:
            return None
        before = await self.reader.read(sums.totals, asked.guild_id, compared[1])
        if not before.energy_wh.expected:
            return Trend(None)
        change = found.energy_wh.expected / before.energy_wh.expected - 1
        return Trend(change, since if since > compared[1].start else None)

    def _joke(self, facts: PolitenessFacts) -> Joke:
        """Return the sober arithmetic: dollars as electricity, electricity as messages, messages as days."""
        references = self.estimator.trainings.references
        per_message, prompts = references["chatgpt_prompt_wh"].value, references["chatgpt_prompts_per_day"]
        usd, per_kwh = facts.figures["tens_of_millions"].value, facts.figures["electricity_price"].value
        energy = usd / per_kwh * 1e3
        messages = energy / per_message
        return Joke(usd, per_kwh, energy, per_message, messages, messages / prompts.value, prompts.date)


async def whole_board(
    reader: LedgerReader, asked: BoardRequest, by: str, metric: str, visible: Visible | None = None
) -> Page:
    """Return a board with all its rows on one page; those that aren't visible are one, and ranks are among the others.

    Without `visible` all are: the host's own eyes.
    """
    board = Board(asked.guild_id, asked.period, by, metric)
    rows = await reader.read(leaderboards.leaderboard, board, await reader.read(leaderboards.count, board))
    shown = asked.shown(await reader.read(days.first_day, asked.guild_id))
    if visible is None:
        return Page(shown, by, metric, 1, 1, rows)
    seen = await visible([row.id for row in rows])
    hidden = [row for row in rows if row.id not in seen]
    return Page(shown, by, metric, 1, 1, _ranked([row for row in rows if row.id in seen]), others=_together(hidden))


def _page_of(whole: Page, number: int) -> Page:
    """Return the page of that number, or the nearest one there is; the others stand on each."""
    pages = -(-len(whole.rows) // PAGE)
    number = max(1, min(number, pages))
    rows = whole.rows[(number - 1) * PAGE : number * PAGE]
    return replace(whole, number=number, pages=pages, rows=rows)


def _ranked(rows: Sequence[Standing]) -> list[Standing]:
    """Number these rows alone, so that the ranks say nothing of the others."""
    first = {row.value: place for place, row in reversed(list(enumerate(rows, 1)))}
    return [row._replace(rank=first[row.value]) for row in rows]


def _together(rows: Sequence[Standing]) -> Others | None:
    if not rows:
        return None
    return Others(len(rows), sum(row.value for row in rows), sum(row.messages for row in rows))
