"""What people chose for themselves, everywhere at once."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger.schema import people
from bot.ledger.write.statements import put


@dataclass(frozen=True, slots=True)
class Person:
    """A choice to be left out of all counting, since a moment; a choice not to be annotated.

    `counted_from` is when they chose to be counted again: history from before then stays uncounted.
    """

    user_id: int
    opted_out_at: datetime | None = None
    quiet: bool = False
    counted_from: datetime | None = None


CHOICES = (people.c.user_id, people.c.opted_out_at, people.c.quiet, people.c.counted_from)


async def load(engine: AsyncEngine) -> list[Person]:
    """Return everybody who chose something."""
    async with engine.connect() as connection:
        rows = await connection.execute(select(*CHOICES))
        return [Person(*row) for row in rows]


def put_person(connection: Connection, person: Person) -> None:
    """Keep somebody's choices."""
    put(connection, people, ("user_id",), **asdict(person))
