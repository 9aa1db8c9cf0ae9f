"""An opt-out that no other process outruns: once it is answered, nothing of that person is recorded anywhere.

A batch and an opt-out exclude each other by a lock of the database: batches share it, an opt-out has it alone. So an
opt-out waits until the batches before it are written, and those after it look people up. SQLite has one process, whose
memory knows at once.
"""

from collections.abc import Collection

from sqlalchemy import Connection

OPT_OUT_LOCK = 7310_0001
"""The number of PostgreSQL's advisory lock."""


def opted_out_of(connection: Connection, author_ids: Collection[int]) -> frozenset[int]:
    """Return which of these people may not be recorded; until the transaction ends nobody else opts out."""
    if connection.dialect.name != "postgresql":
        return frozenset()
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock_shared({OPT_OUT_LOCK})")
    query = "SELECT user_id FROM people WHERE user_id = ANY ($1::bigint[]) AND opted_out_at IS NOT NULL"
    return frozenset(connection.exec_driver_sql(query, (list(author_ids),)).scalars())


def wait_for_batches(connection: Connection) -> None:
    """Return when every batch that began before is written or given up; those that begin now wait."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({OPT_OUT_LOCK})")
