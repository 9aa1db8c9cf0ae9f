"""Keeps what people chose for themselves, everywhere at once."""

from dataclasses import asdict

from sqlalchemy import Connection, delete

from bot.ledger.records import Person
from bot.ledger.schema import people, quiet_offers
from bot.ledger.write.statements import put


def put_person(connection: Connection, person: Person) -> None:
    """Keep somebody's choices."""
    put(connection, people, ("user_id",), **asdict(person))


def put_quiet_offer(connection: Connection, user_id: int) -> None:
    """Note that somebody has seen the button by which they are left alone."""
    put(connection, quiet_offers, ("user_id",), user_id=user_id)


def drop_quiet_offer(connection: Connection, user_id: int) -> int:
    """Forget it; return how many rows there were."""
    return connection.execute(delete(quiet_offers).where(quiet_offers.c.user_id == user_id)).rowcount
