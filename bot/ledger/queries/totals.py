"""A server's sums over a period."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Row, case, distinct, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger.periods import Period
from bot.ledger.queries.measured import ai_answers, prediction
from bot.ledger.queries.range_of_days import as_range, within
from bot.ledger.records import NAMELESS, AverageAnswer, CourtesyTotals, Totals
from bot.ledger.schema import DAILY_SUMS, daily

_SUMS = [func.coalesce(func.sum(daily.c[name]), 0).label(name) for name in DAILY_SUMS]
_MEMBERS = func.count(distinct(case((daily.c.author_id != NAMELESS, daily.c.author_id)))).label("members")
_CHANNELS = func.count(distinct(daily.c.channel_id)).label("channels")


async def totals(engine: AsyncEngine, guild_id: int, period: Period) -> Totals:
    """Return a server's sums over a period."""
    query = select(*_SUMS, _MEMBERS, _CHANNELS).where(*within(guild_id, period))
    async with engine.connect() as connection:
        found = _totals((await connection.execute(query)).one())
        measured = await ai_answers(connection, guild_id, period)
        return replace(found, ai_answers=measured, prediction=await prediction(connection, guild_id, period))


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


def _totals(row: Row[Any]) -> Totals:
    return Totals(
        messages=int(row.messages),
        prompt_tokens=int(row.prompt_tokens),
        answer_tokens=as_range(row, "answer"),
        energy_wh=as_range(row, "energy"),
        gwp_g=as_range(row, "gwp"),
        water_ml=as_range(row, "water") if row.with_water else None,
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
