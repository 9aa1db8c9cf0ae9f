"""A server's sums over a period."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, case, distinct, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.estimation.ranges import Range
from bot.ledger.periods import Period
from bot.ledger.schema import DAILY_SUMS, daily

NAMELESS = 0
"""The author that stands for people who were erased."""


@dataclass(frozen=True, slots=True)
class CourtesyTotals:
    """Polite messages, those that were nothing else, expressions counted, and what all of it takes."""

    messages: int
    only: int
    words: int
    energy_wh: float
    gwp_g: float
    cost_usd: float | None


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums of a server's messages. Ranges are sums of lows and of highs: wider than an 80 % interval.

    Water and cost are None where no message had any; `with_water` and `with_cost` say how many had.
    `members` and `channels` are how many took part; people who were erased are in the sums, not in `members`.
    """

    messages: int
    prompt_tokens: int
    answer_tokens: Range
    energy_wh: Range
    gwp_g: Range
    water_ml: Range | None
    cost_usd: float | None
    courtesy: CourtesyTotals
    members: int
    channels: int
    with_water: int
    with_cost: int


@dataclass(frozen=True, slots=True)
class AverageAnswer:
    """The mean answer of a server: tokens, Wh, g CO2e, mL (None where none had any)."""

    messages: int
    answer_tokens: Range
    energy_wh: Range
    gwp_g: Range
    water_ml: Range | None


def within(guild_id: int, period: Period) -> tuple[ColumnElement[bool], ...]:
    """Return what narrows a query on `daily` to a server's days."""
    return daily.c.guild_id == guild_id, daily.c.local_day >= period.start, daily.c.local_day < period.end


_SUMS = [func.coalesce(func.sum(daily.c[name]), 0).label(name) for name in DAILY_SUMS]
_MEMBERS = func.count(distinct(case((daily.c.author_id != NAMELESS, daily.c.author_id)))).label("members")
_CHANNELS = func.count(distinct(daily.c.channel_id)).label("channels")


async def totals(engine: AsyncEngine, guild_id: int, period: Period) -> Totals:
    """Return a server's sums over a period."""
    query = select(*_SUMS, _MEMBERS, _CHANNELS).where(*within(guild_id, period))
    async with engine.connect() as connection:
        return _totals((await connection.execute(query)).one())


async def average_answer(engine: AsyncEngine, guild_id: int, period: Period) -> AverageAnswer | None:
    """Return the mean answer of a period, None when there was none."""
    sums = await totals(engine, guild_id, period)
    if not sums.messages:
        return None
    return AverageAnswer(
        messages=sums.messages,
        answer_tokens=sums.answer_tokens / sums.messages,
        energy_wh=sums.energy_wh / sums.messages,
        gwp_g=sums.gwp_g / sums.messages,
        water_ml=sums.water_ml / sums.with_water if sums.water_ml else None,
    )


def _range(row: Row[Any], name: str) -> Range:
    return Range(*(float(getattr(row, f"{name}_{end}")) for end in Range._fields))


def _totals(row: Row[Any]) -> Totals:
    return Totals(
        messages=int(row.messages),
        prompt_tokens=int(row.prompt_tokens),
        answer_tokens=_range(row, "answer"),
        energy_wh=_range(row, "energy"),
        gwp_g=_range(row, "gwp"),
        water_ml=_range(row, "water") if row.with_water else None,
        cost_usd=float(row.cost_usd) if row.with_cost else None,
        courtesy=CourtesyTotals(
            messages=int(row.courtesy_messages),
            only=int(row.courtesy_only),
            words=int(row.courtesy_words),
            energy_wh=float(row.courtesy_energy_wh),
            gwp_g=float(row.courtesy_gwp_g),
            cost_usd=float(row.courtesy_cost_usd) if row.with_cost else None,
        ),
        members=row.members,
        channels=row.channels,
        with_water=int(row.with_water),
        with_cost=int(row.with_cost),
    )
