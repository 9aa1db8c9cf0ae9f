"""Whether processes of an older version of the program are alive, by the newest revision that each says it knows."""

from collections.abc import Collection

from sqlalchemy import Connection, func, or_, select

from bot.ledger.coordination.server_time import now
from bot.ledger.schema import processes


def count_older(connection: Connection, known: Collection[str]) -> int:
    """Return how many live processes know none of these revisions; SQLite has one process only."""
    if connection.dialect.name != "postgresql":
        return 0
    older = or_(processes.c.revision.is_(None), processes.c.revision.not_in(known))
    return connection.scalar(select(func.count()).where(processes.c.until_at > now(), older)) or 0
