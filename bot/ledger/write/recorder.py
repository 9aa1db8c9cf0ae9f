"""Records a batch in one transaction: each message once, and nothing of it if any part fails."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, Dialect

from bot.ledger.coordination.opt_outs import recordable_since
from bot.ledger.entries import Entry, daily_rows, entry_row
from bot.ledger.write.statements import BatchStatements


class Recorded(NamedTuple):
    """An entry to record, and whether its channel's watermark follows it."""

    entry: Entry
    moves: bool


class Recorder:
    """Turns batches into rows."""

    def __init__(self, dialect: Dialect) -> None:
        self._statements = BatchStatements(dialect)

    def record(self, connection: Connection, batch: Sequence[Recorded]) -> int:
        """Record the entries that are new, with their daily totals; return how many were.

        What is known is looked up first, under the writer's lock. Should another process record the same message
        at the same moment (PostgreSQL), the insert fails and with it the whole transaction, and is tried again: counted
        twice is worse than asked twice. Rows go in the order of their keys, so that two writers don't deadlock. Who
        opted out in another process meanwhile isn't recorded.
        """
        new = {recorded.entry.message_id: recorded.entry for recorded in reversed(batch)}
        since = recordable_since(connection, {entry.author_id for entry in new.values()})
        if since:
            new = {message_id: one for message_id, one in new.items() if message_id >= since.get(one.author_id, 0)}
        for message_id in self._statements.known(connection, [(one.message_id, one.guild_id) for one in new.values()]):
            del new[message_id]
        if new:
            self._statements.add_entries(connection, [entry_row(new[message_id]) for message_id in sorted(new)])
            self._statements.add_daily(connection, daily_rows(new.values()))
        marks = _watermarks(batch)
        if marks:
            self._statements.raise_watermarks(connection, marks)
        return len(new)


def _watermarks(batch: Iterable[Recorded]) -> list[tuple[int, int, int]]:
    highest: dict[int, tuple[int, int, int]] = {}
    for entry, moves in batch:
        if moves and entry.message_id > highest.get(entry.channel_id, (0, 0, 0))[2]:
            highest[entry.channel_id] = (entry.guild_id, entry.channel_id, entry.message_id)
    return sorted(highest.values())
