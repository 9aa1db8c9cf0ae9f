"""Takes entries out, and leaves their bare ids behind so that a replay can't bring them back."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, delete, insert

from bot.ledger.schema import entries, seen

BATCH_SIZE = 5_000
"""Rows deleted by one statement, and in `retention` by one transaction: some tens of milliseconds."""


def forget_entries(connection: Connection, ids: Sequence[int]) -> None:
    """Delete these entries, at most `AT_ONCE`; their ids stay."""
    connection.execute(insert(seen), [{"message_id": one} for one in ids])
    connection.execute(delete(entries).where(entries.c.message_id.in_(ids)))


def batched(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield pieces of at most `AT_ONCE`."""
    for start in range(0, len(ids), BATCH_SIZE):
        yield ids[start : start + BATCH_SIZE]
