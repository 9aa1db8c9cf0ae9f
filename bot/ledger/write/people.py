"""Keeps what people chose for themselves, everywhere at once."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select

from bot.ledger.coordination.changes import PERSON, note_change
from bot.ledger.coordination.opt_outs import wait_for_batches
from bot.ledger.schema import people, quiet_offers
from bot.ledger.write.statements import insert_into, put


def put_person(connection: Connection, user_id: int, **changes: Any) -> None:
    """Keep some of somebody's choices (fields of `Person`); others may be changing in another process.

    An opt-out waits until every batch that another process was writing is through.
    """
    if changes.get("opted_out_at"):
        wait_for_batches(connection)
    made = insert_into(people, connection.dialect).values(**{"user_id": user_id, "quiet": False} | changes)
    connection.execute(made.on_conflict_do_update(index_elements=["user_id"], set_=changes))
    note_change(connection, PERSON, user_id)


def count_again(connection: Connection, user_id: int, since: datetime, *, known: bool) -> bool:
    """Undo an opt-out, `known` to this process or noted by another one; False where there is none."""
    out = select(people.c.user_id).where(people.c.user_id == user_id, people.c.opted_out_at.is_not(None))
    if not known and connection.scalar(out) is None:
        return False
    put_person(connection, user_id, opted_out_at=None, counted_from=since)
    return True


def put_quiet_offer(connection: Connection, user_id: int) -> None:
    """Note that somebody has seen the button by which they are left alone."""
    put(connection, quiet_offers, ("user_id",), user_id=user_id)


def drop_quiet_offer(connection: Connection, user_id: int) -> int:
    """Forget it; return how many rows there were."""
    return connection.execute(delete(quiet_offers).where(quiet_offers.c.user_id == user_id)).rowcount
