"""Which part of a server's sums was measured, and how predictions did."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.ledger.periods import Period
from bot.ledger.prediction import Bucket, summed_up
from bot.ledger.queries.range_of_days import as_range, within
from bot.ledger.records import MEMBERS, AiAnswers, Board, Prediction
from bot.ledger.schema import MEASURED_SUMS, daily_measured, predictions

_SUMS = [func.coalesce(func.sum(daily_measured.c[name]), 0).label(name) for name in MEASURED_SUMS]
_BUCKET = [func.sum(predictions.c[name]) for name in Bucket._fields[1:]]


async def ai_answers(connection: AsyncConnection, guild_id: int, period: Period) -> AiAnswers:
    """Return the sums of a period's measured answers."""
    query = select(*_SUMS).where(*within(guild_id, period, daily_measured))
    row = (await connection.execute(query)).one()
    return AiAnswers(
        messages=int(row.messages),
        answer_tokens=int(row.visible_tokens),
        energy_wh=as_range(row, "energy"),
        gwp_g=as_range(row, "gwp"),
        water_ml=as_range(row, "water") if row.with_water else None,
    )


async def prediction(connection: AsyncConnection, guild_id: int, period: Period) -> Prediction:
    """Return how a period's predictions did."""
    query: Select[Any] = select(predictions.c.bucket, *_BUCKET).where(*within(guild_id, period, predictions))
    rows = (await connection.execute(query.group_by(predictions.c.bucket))).all()
    return summed_up([Bucket._make((*map(int, row[:4]), float(row[-1]))) for row in rows])


async def measured_messages(engine: AsyncEngine, board: Board, ids: Sequence[int]) -> dict[int, int]:
    """Return how many of the messages of these members or channels were measured; none where none was."""
    who = daily_measured.c.author_id if board.by == MEMBERS else daily_measured.c.channel_id
    query = select(who, func.sum(daily_measured.c.messages))
    query = query.where(*within(board.guild_id, board.period, daily_measured), who.in_(ids)).group_by(who)
    async with engine.connect() as connection:
        return {row[0]: int(row[1]) for row in await connection.execute(query)}
