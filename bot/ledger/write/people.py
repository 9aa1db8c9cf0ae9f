"""Keeps what people chose for themselves, everywhere at once."""

from dataclasses import asdict

from sqlalchemy import Connection, delete

from bot.ledger.coordination.changes import PERSON, note_change
from bot.ledger.coordination.opt_outs import wait_for_batches
from bot.ledger.records import Person
from bot.ledger.schema import people, quiet_offers
from bot.ledger.write.statements import put


def put_person(connection: Connection, person: Person) -> None:
    """Keep somebody's choices. An opt-out waits until every batch that another process was writing is through."""
    if person.opted_out_at:
        wait_for_batches(connection)
    put(connection, people, ("user_id",), **asdict(person))
    note_change(connection, PERSON, person.user_id)


def put_quiet_offer(connection: Connection, user_id: int) -> None:
    """Note that somebody has seen the button by which they are left alone."""
    put(connection, quiet_offers, ("user_id",), user_id=user_id)


def drop_quiet_offer(connection: Connection, user_id: int) -> int:
    """Forget it; return how many rows there were."""
    return connection.execute(delete(quiet_offers).where(quiet_offers.c.user_id == user_id)).rowcount
