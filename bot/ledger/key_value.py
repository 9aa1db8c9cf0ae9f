"""Small facts that outlive a restart, by name."""

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger.engine import for_writing
from bot.ledger.schema import memory


async def get_value(engine: AsyncEngine, name: str) -> str | None:
    """Return what was remembered under that name, None when nothing was."""
    async with engine.connect() as connection:
        return await connection.scalar(select(memory.c.value).where(memory.c.name == name))


async def put_value(engine: AsyncEngine, name: str, value: str) -> None:
    """Keep the value under that name, in place of an earlier one."""
    async with for_writing(engine).begin() as connection:
        await connection.execute(delete(memory).where(memory.c.name == name))
        await connection.execute(insert(memory).values(name=name, value=value))
