"""What people chose for themselves, everywhere at once."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger.schema import people
from bot.ledger.statements import put


@dataclass(frozen=True, slots=True)
class Person:
    """A choice to be left out of all counting, since a moment; a choice not to be annotated."""

    user_id: int
    opted_out_at: datetime | None = None
    quiet: bool = False


async def load(engine: AsyncEngine) -> list[Person]:
    """Return everybody who chose something."""
    async with engine.connect() as connection:
        rows = await connection.execute(select(people.c.user_id, people.c.opted_out_at, people.c.quiet))
        return [Person(*row) for row in rows]


def put_person(connection: Connection, user_id: int, opted_out_at: datetime | None, quiet: bool) -> None:
    """Keep somebody's choices."""
    put(connection, people, ("user_id",), user_id=user_id, opted_out_at=opted_out_at, quiet=quiet)
