"""Tells a database in trouble from data that it refuses, and keeps the log to one line per change of state."""

import logging

from sqlalchemy.exc import DatabaseError, DBAPIError, InternalError, OperationalError

from bot.errors import reason

log = logging.getLogger(__name__)

FIRST_PAUSE, MAX_PAUSE = 0.1, 5.0
"""Seconds between tries; each pause doubles the one before."""


TROUBLES = frozenset({"08", "25", "26", "28", "3D", "40", "53", "55", "57", "58", "F0", "XX"})
"""Classes of SQLSTATEs (https://www.postgresql.org/docs/15/errcodes-appendix.html) that say nothing of the data.

The server is full, busy, starting or ending, read-only, broken, or lets nobody in, or statements don't fit its pooler.
"""

BARRED = frozenset({"42501", "42P05"})
"""Such states of another class: rights that were taken away, and once more what a pooler mixes up."""


def is_transient(error: Exception) -> bool:
    """Tell whether the database is to blame (locked, full, away), so that trying again makes sense."""
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    state = _sqlstate(error)
    if state is not None:
        return state[:2] in TROUBLES or state in BARRED
    # asyncpg's InternalError: of several servers none takes writes
    return isinstance(error, OperationalError | InternalError | OSError) or type(error) is DatabaseError


AWAY = ("08", "53", "57")
"""Classes of SQLSTATEs of a server that can't be reached, is full, starts or ends."""


def is_away(error: BaseException) -> bool:
    """Tell whether nobody answers for the database yet, or only to say that it is starting or full."""
    if isinstance(error, OSError):
        return True
    state = _sqlstate(error)
    if state is not None:
        return state[:2] in AWAY
    return isinstance(error, DBAPIError) and is_transient(error)


CONTENTION = frozenset({"40P01", "40001"})
"""SQLSTATEs of a deadlock and of a transaction that can't be put in order with another: nothing of it was written."""

DUPLICATE = "23505"


def is_contention(error: Exception) -> bool:
    """Tell whether another writer was in the way for a moment, so that the same transaction goes well the next time."""
    return _sqlstate(error) in CONTENTION


def is_duplicate(error: Exception) -> bool:
    """Tell whether another writer wrote the same row between our looking and our writing."""
    return _sqlstate(error) == DUPLICATE


def _sqlstate(error: BaseException) -> str | None:
    return getattr(getattr(error, "orig", None), "sqlstate", None)


class Backoff:
    """Whether the database is in trouble, and how long to wait before the next try."""

    def __init__(self) -> None:
        self.last: str | None = None
        self._pause = FIRST_PAUSE

    def begins(self, error: Exception, waiting: int) -> float:
        """Note a failed try; return the seconds to wait."""
        if self.last is None:
            log.error("the database is in trouble (%s): %d writes wait", reason(error), waiting)
        self.last = reason(error)
        pause, self._pause = self._pause, min(MAX_PAUSE, self._pause * 2)
        return pause

    def ends(self) -> None:
        """Note a try that went well."""
        if self.last is not None:
            log.warning("the database takes writes again")
        self.last, self._pause = None, FIRST_PAUSE
