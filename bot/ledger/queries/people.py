"""What people chose for themselves, everywhere at once."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger.records import Person
from bot.ledger.schema import people, quiet_offers

CHOICES = (people.c.user_id, people.c.opted_out_at, people.c.quiet, people.c.counted_from)


async def load_people(engine: AsyncEngine, user_id: int | None = None) -> list[Person]:
    """Return everybody who chose something, or this person if it is one of them."""
    query = select(*CHOICES)
    if user_id is not None:
        query = query.where(people.c.user_id == user_id)
    async with engine.connect() as connection:
        rows = await connection.execute(query)
        return [Person(*row) for row in rows]


async def was_offered_quiet(engine: AsyncEngine, user_id: int) -> bool:
    """Tell whether somebody has seen the button by which they are left alone."""
    query = select(quiet_offers.c.user_id).where(quiet_offers.c.user_id == user_id)
    async with engine.connect() as connection:
        return await connection.scalar(query) is not None
