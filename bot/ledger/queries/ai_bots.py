"""The AI bots of servers, and what was on its way when the bot was last there."""

from collections.abc import Collection

from sqlalchemy import RowMapping, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger.records import AiBot
from bot.ledger.schema import ai_bots, ai_pending, ai_questions, entries, tombstones


async def load_ai_bots(engine: AsyncEngine) -> list[AiBot]:
    """Return every AI bot of every server."""
    async with engine.connect() as connection:
        return [AiBot(**row) for row in (await connection.execute(select(ai_bots))).mappings()]


async def load_pending(engine: AsyncEngine) -> list[RowMapping]:
    """Return the messages of answers on their way, by the columns of `ai_pending`, oldest first."""
    async with engine.connect() as connection:
        return list((await connection.execute(select(ai_pending).order_by(ai_pending.c.message_id))).mappings())


async def load_questions(engine: AsyncEngine) -> list[RowMapping]:
    """Return the questions that wait for an answer, by the columns of `ai_questions`, oldest first."""
    async with engine.connect() as connection:
        return list((await connection.execute(select(ai_questions).order_by(ai_questions.c.question_id))).mappings())


async def known_among(engine: AsyncEngine, ids: Collection[int]) -> set[int]:
    """Return which of these messages were recorded before, or belong to an answer that was."""
    async with engine.connect() as connection:
        tables = (entries, tombstones)
        found = [
            await connection.scalars(select(table.c.message_id).where(table.c.message_id.in_(list(ids))))
            for table in tables
        ]
        return {one for ids in found for one in ids}
