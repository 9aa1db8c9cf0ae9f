"""The AI bots of servers, and what was on its way when the bot was last there."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger.records import AiBot
from bot.ledger.schema import NO_SERVER, ai_bots, ai_pending, ai_questions, entries, tombstones


async def load_ai_bots(engine: AsyncEngine, guild_id: int | None = None) -> list[AiBot]:
    """Return every AI bot, or this server's."""
    query = select(ai_bots) if guild_id is None else select(ai_bots).where(ai_bots.c.guild_id == guild_id)
    async with engine.connect() as connection:
        return [AiBot(**row) for row in (await connection.execute(query)).mappings()]


async def load_pending(engine: AsyncEngine, guild_id: int) -> list[dict[str, Any]]:
    """Return the messages of a server's answers on their way, by the columns of `ai_pending`, oldest first."""
    query = select(ai_pending).where(ai_pending.c.guild_id == guild_id).order_by(ai_pending.c.message_id)
    async with engine.connect() as connection:
        rows = (await connection.execute(query)).mappings()
        return [{str(name): value for name, value in row.items()} for row in rows]


async def load_questions(engine: AsyncEngine, guild_id: int) -> list[dict[str, Any]]:
    """Return the questions of a server that wait for an answer, by the columns of `ai_questions`, oldest first."""
    query = select(ai_questions).where(ai_questions.c.guild_id == guild_id).order_by(ai_questions.c.question_id)
    async with engine.connect() as connection:
        rows = (await connection.execute(query)).mappings()
        return [{str(name): value for name, value in row.items()} for row in rows]


async def known_among(engine: AsyncEngine, guild_id: int, ids: Collection[int]) -> set[int]:
    """Return which of these messages of a server were recorded before, or belong to an answer that was."""
    known: set[int] = set()
    async with engine.connect() as connection:
        for table in (entries, tombstones):
            theirs = (table.c.message_id.in_(list(ids)), table.c.guild_id.in_((guild_id, NO_SERVER)))
            known.update(await connection.scalars(select(table.c.message_id).where(*theirs)))
    return known
