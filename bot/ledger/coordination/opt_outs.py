"""An opt-out that no other process outruns: once it is answered, nothing of that person is recorded anywhere.

A batch and an opt-out exclude each other by a lock of the database: batches share it, an opt-out has it alone. So an
opt-out waits until the batches before it are written, and those after it look people up. SQLite has one process, whose
memory knows at once.
"""

from collections.abc import Collection
from math import inf

from sqlalchemy import Connection

from bot.ledger.types import id_of

OPT_OUT_LOCK = 7310_0001
"""The number of PostgreSQL's advisory lock."""


QUERY = """SELECT user_id, CASE WHEN opted_out_at IS NULL THEN counted_from END FROM people
WHERE user_id = ANY ($1::bigint[]) AND (opted_out_at IS NOT NULL OR counted_from IS NOT NULL)"""


def recordable_since(connection: Connection, author_ids: Collection[int]) -> dict[int, float]:
    """Return the lowest message id that may be recorded of those people who left, infinity unless they came back.

    Until the transaction ends nobody else opts out.
    """
    if connection.dialect.name != "postgresql":
        return {}
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock_shared({OPT_OUT_LOCK})")
    rows = connection.exec_driver_sql(QUERY, (list(author_ids),))
    return {user_id: inf if back is None else id_of(back) for user_id, back in rows}


def wait_for_batches(connection: Connection) -> None:
    """Return when every batch that began before is written or given up; those that begin now wait."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({OPT_OUT_LOCK})")
