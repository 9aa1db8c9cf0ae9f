"""A server's totals and boards, read from the ledger as plain data; commands and command line ask here."""

import asyncio
import logging
from collections.abc import Awaitable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.counting.message_counter import timezone_of
from bot.errors import UserError
from bot.estimation.estimator import Estimator
from bot.estimation.facts import equivalents
from bot.estimation.facts.politeness_facts import PolitenessFacts
from bot.ledger import periods
from bot.ledger.periods import DAY, Period
from bot.ledger.queries import days, leaderboards
from bot.ledger.queries import totals as sums
from bot.ledger.queries.watermarks import list_gaps
from bot.ledger.records import Board, Day, ServerSettings, Standing, Totals
from bot.ledger.types import moment_of
from bot.presentation.days import Days
from bot.presentation.gaps import Missing
from bot.presentation.leaderboard import Page, Row
from bot.presentation.politeness import Joke, Tax
from bot.presentation.totals import Courtesy, Summary, Trend

log = logging.getLogger(__name__)

READ_TIMEOUT = 2.0
"""Seconds; Discord waits three for an answer."""

PAGE = 10
"""Rows of a page."""

MAX_POLITE_MEMBERS = 3

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class BoardRequest:
    """Of which server, over which period ("week", "month", "all"), as of which day there."""

    settings: ServerSettings
    name: str
    now: datetime

    @property
    def guild_id(self) -> int:
        """Return the server."""
        return self.settings.guild_id

    @property
    def today(self) -> date:
        """Return the day it is in the server's timezone."""
        return periods.local_day(self.now, timezone_of(self.settings))

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


@dataclass(frozen=True, slots=True)
class Boards:
    """The use cases. Every reading raises `UserError` when the database doesn't answer in time."""

    engine: AsyncEngine
    estimator: Estimator

    async def totals(self, asked: BoardRequest) -> Summary:
        """Return a server's totals, with everyday equivalents and the trend."""
        return await in_time(self._totals(asked))

    async def leaderboard(self, asked: BoardRequest, by: str, metric: str, number: int, asker: int) -> Page:
        """Return a page of a board (from 1; the nearest one there is), and the asker's row if it is elsewhere."""
        return await in_time(self._leaderboard(asked, Board(asked.guild_id, asked.period, by, metric), number, asker))

    async def whole_board(self, asked: BoardRequest, by: str, metric: str) -> Page:
        """Return a board with all its rows."""
        return await in_time(whole_board(self.engine, asked, by, metric))

    async def tax(self, asked: BoardRequest, facts: PolitenessFacts) -> Tax:
        """Return what courtesy takes; `facts` are those of `config/politeness.toml`."""
        return await in_time(self._tax(asked, facts))

    async def days(self, asked: BoardRequest) -> list[Day]:
        """Return the period's days and their sums."""
        return await in_time(days.by_day(self.engine, asked.guild_id, asked.period))

    async def missing(self, asked: BoardRequest) -> list[Missing]:
        """Return what catch-up had to leave out in the period, newest first."""
        timezone, period = timezone_of(asked.settings), asked.period
        gaps = await in_time(list_gaps(self.engine, asked.guild_id))
        found = [Missing(gap.channel_id, moment_of(gap.after_id), moment_of(gap.before_id)) for gap in gaps]
        return [
            one
            for one in found
            if periods.local_day(one.end, timezone) >= period.start
            and periods.local_day(one.start, timezone) < period.end
        ]

    async def _totals(self, asked: BoardRequest) -> Summary:
        found = await sums.totals(self.engine, asked.guild_id, asked.period)
        since = await days.first_day(self.engine, asked.guild_id)
        amounts = {"energy": found.energy_wh.expected, "gwp": found.gwp_g.expected}
        if found.water_ml:
            amounts["water"] = found.water_ml.expected
        return Summary(
            days=asked.shown(since),
            messages=found.messages,
            prompt_tokens=found.prompt_tokens,
            answer_tokens=found.answer_tokens,
            energy_wh=found.energy_wh,
            gwp_g=found.gwp_g,
            water_ml=found.water_ml,
            with_water=found.with_water,
            cost_usd=found.cost_usd,
            with_cost=found.with_cost,
            members=found.members,
            channels=found.channels,
            courtesy=_courtesy(found),
            equivalences=equivalents.pick(self.estimator.equivalents.values(), amounts),
            trend=await self._trend(asked, found, since),
        )

    async def _trend(self, asked: BoardRequest, found: Totals, since: date | None) -> Trend | None:
        compared = periods.comparable(asked.name, asked.today)
        if compared is None or since is None:
            return None
        before = await sums.totals(self.engine, asked.guild_id, compared[1])
        if not before.energy_wh.expected:
            return Trend(None)
        change = found.energy_wh.expected / before.energy_wh.expected - 1
        return Trend(change, since if since > compared[1].start else None)

    async def _leaderboard(self, asked: BoardRequest, board: Board, number: int, asker: int) -> Page:
        pages = -(-await leaderboards.count(self.engine, board) // PAGE)
        number = max(1, min(number, pages))
        rows = await leaderboards.leaderboard(self.engine, board, PAGE, (number - 1) * PAGE)
        own = None
        if board.by == leaderboards.MEMBERS and all(row.id != asker for row in rows):
            own = await leaderboards.standing_of(self.engine, board, asker)
        since = await days.first_day(self.engine, asked.guild_id)
        shown = [Row(*row) for row in rows]
        return Page(asked.shown(since), board.by, board.metric, number, pages, shown, Row(*own) if own else None)

    async def _tax(self, asked: BoardRequest, facts: PolitenessFacts) -> Tax:
        found = await sums.totals(self.engine, asked.guild_id, asked.period)
        since = await days.first_day(self.engine, asked.guild_id)
        polite = Board(asked.guild_id, asked.period, leaderboards.MEMBERS, "courtesy")
        most = await leaderboards.leaderboard(self.engine, polite, MAX_POLITE_MEMBERS)
        servers = int(self.estimator.assumptions["many_servers"].value)
        scaled = found.courtesy.energy_wh * servers
        return Tax(
            days=asked.shown(since),
            messages=found.messages,
            courtesy=_courtesy(found),
            most_polite=[Row(*row) for row in most],
            servers=servers,
            scaled_wh=scaled,
            scaled=self.estimator.equivalence_of(scaled),
            joke=self._joke(facts),
            facts=facts,
        )

    def _joke(self, facts: PolitenessFacts) -> Joke:
        """Return the sober arithmetic: dollars as electricity, electricity as messages, messages as days."""
        references = self.estimator.trainings.references
        per_message, prompts = references["chatgpt_prompt_wh"].value, references["chatgpt_prompts_per_day"]
        usd, per_kwh = facts.figures["tens_of_millions"].value, facts.figures["electricity_price"].value
        energy = usd / per_kwh * 1e3
        messages = energy / per_message
        return Joke(usd, per_kwh, energy, per_message, messages, messages / prompts.value, prompts.date)


async def whole_board(engine: AsyncEngine, asked: BoardRequest, by: str, metric: str) -> Page:
    """Return a board with all its rows on one page."""
    board = Board(asked.guild_id, asked.period, by, metric)
    rows: list[Standing] = await leaderboards.leaderboard(engine, board, await leaderboards.count(engine, board))
    since = await days.first_day(engine, asked.guild_id)
    return Page(asked.shown(since), by, metric, 1, 1, [Row(*row) for row in rows], None)


async def in_time(reading: Awaitable[T]) -> T:
    """Return what was read; `UserError` when the database doesn't answer in time, or not at all."""
    try:
        async with asyncio.timeout(READ_TIMEOUT):
            return await reading
    except (SQLAlchemyError, OSError) as error:  # a timeout is an OSError
        log.warning("the ledger can't be read: %s", str(getattr(error, "orig", None) or error) or type(error).__name__)
        raise UserError("error.database_busy") from error


def _courtesy(found: Totals) -> Courtesy:
    return Courtesy(**asdict(found.courtesy))
