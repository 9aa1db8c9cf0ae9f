"""Keeps what people chose for themselves, everywhere at once."""

from dataclasses import asdict

from sqlalchemy import Connection

from bot.ledger.records import Person
from bot.ledger.schema import people
from bot.ledger.write.statements import put


def put_person(connection: Connection, person: Person) -> None:
    """Keep somebody's choices."""
    put(connection, people, ("user_id",), **asdict(person))
