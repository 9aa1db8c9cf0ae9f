"""Small facts that outlive a restart, by name."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger.schema import key_value


async def get_value(engine: AsyncEngine, name: str) -> str | None:
    """Return what was remembered under that name, None when nothing was."""
    async with engine.connect() as connection:
        return await connection.scalar(select(key_value.c.value).where(key_value.c.name == name))
