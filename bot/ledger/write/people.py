"""Keeps what people chose for themselves, everywhere at once."""

from dataclasses import asdict

from sqlalchemy import Connection

from bot.ledger.coordination.changes import PERSON, note_change
from bot.ledger.coordination.opt_outs import wait_for_batches
from bot.ledger.records import Person
from bot.ledger.schema import people
from bot.ledger.write.statements import put


def put_person(connection: Connection, person: Person) -> None:
    """Keep somebody's choices. An opt-out waits until every batch that another process was writing is through."""
    if person.opted_out_at:
        wait_for_batches(connection)
    put(connection, people, ("user_id",), **asdict(person))
    note_change(connection, PERSON, person.user_id)
