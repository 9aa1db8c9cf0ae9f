"""A second way to read PostgreSQL: a standby, or another role on the same server.

It is read only where it has all that the primary had committed when somebody asked: nobody misses on a board what was
just written, nor finds on it somebody who was erased or opted out. Whatever else it does (it lags, is away, was
promoted, cancels a query), the primary is read in its place.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection, event, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import reason
from bot.ledger.write.backoff import is_contention

log = logging.getLogger(__name__)

PATIENCE = 1.0
"""Seconds that a standby may take to answer, and to catch up with the primary."""

LOOK_INTERVAL = 0.02

AWAY_SECONDS = 10.0
"""How long one that didn't serve is left alone."""

_IDENTITY = (
    "(SELECT system_identifier FROM pg_control_system()) || ' ' || current_database(),"
    " extract(epoch FROM pg_postmaster_start_time())::text"
)
_POSITION = text(f"SELECT {_IDENTITY}, pg_current_wal_flush_lsn()::text")

_CHECK = f"SELECT {_IDENTITY}, pg_is_in_recovery(), pg_last_wal_replay_lsn() >= $1::text::pg_lsn"

T = TypeVar("T")


class Position(NamedTuple):
    """Which database on which server, since when that runs, and how far its log was written."""

    database: str
    started: str
    lsn: str


class Unserved(Exception):  # noqa: N818 - not an error: the primary is asked instead
    """It can't be read now; the text says why."""


class _Behind(Unserved):
    """It lacks something that the primary has."""


_needed: ContextVar[Position | None] = ContextVar("needed", default=None)
"""What the transactions of a reading must find."""


class Replica:
    """The engine for it, beside the primary's. Every transaction on it begins with a look at how far it is."""

    def __init__(self, engine: AsyncEngine, primary: AsyncEngine) -> None:
        self.engine, self._primary = engine, primary
        self._away_until: float | None = None
        event.listen(engine.sync_engine, "begin", _require_position)

    async def read(self, seconds: float, query: Callable[[AsyncEngine], Awaitable[T]]) -> T:
        """Return what a query finds, as new as from the primary.

        Raises `Unserved`, and `TimeoutError` when the query takes longer.
        """
        if self._away_until is not None and time.monotonic() < self._away_until:
            raise Unserved("left alone")
        reset = _needed.set(await self._position())
        try:
            await self._catch_up()
            async with asyncio.timeout(seconds):
                return await self._read(query)
        finally:
            _needed.reset(reset)

    async def trouble(self) -> str | None:
        """Return why it isn't read just now, None where it is."""
        try:
            await self.read(PATIENCE, _nothing)
        except (Unserved, TimeoutError) as error:
            return reason(error)
        return None

    async def _position(self) -> Position:
        """Return how far the primary is; when it can't tell, that is its trouble and not the replica's."""
        try:
            async with asyncio.timeout(PATIENCE), self._primary.connect() as connection:
                return Position(*(await connection.execute(_POSITION)).one())
        except (SQLAlchemyError, OSError) as error:
            raise Unserved("the primary doesn't answer") from error

    async def _catch_up(self) -> None:
        """Return once it has what is needed."""
        why: BaseException = TimeoutError("no answer")
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    try:
                        async with self.engine.connect() as connection:
                            await connection.scalar(select(1))
                    except _Behind as error:
                        why = error
                        await asyncio.sleep(LOOK_INTERVAL)
                    else:
                        return self._serves()
        except TimeoutError:
            raise self._failed(why) from why
        except (SQLAlchemyError, OSError, Unserved) as error:
            raise self._failed(error) from error

    async def _read(self, query: Callable[[AsyncEngine], Awaitable[T]]) -> T:
        try:
            return await query(self.engine)
        except TimeoutError:
            raise
        except (SQLAlchemyError, OSError, Unserved) as error:
            if is_contention(error):  # it has to go on replaying what the primary did: ordinary, and soon over
                raise Unserved(reason(error)) from error
            raise self._failed(error) from error

    def _failed(self, error: BaseException) -> Unserved:
        if self._away_until is None:
            log.warning("boards and totals are read from the primary, as the reader doesn't serve: %s", reason(error))
        self._away_until = time.monotonic() + AWAY_SECONDS
        return Unserved(reason(error))

    def _serves(self) -> None:
        if self._away_until is not None:
            log.warning("boards and totals are read from EMPREINTE_DATABASE_READ_URL again")
        self._away_until = None


async def _nothing(_: AsyncEngine) -> None:
    """Ask for nothing more than whether it serves."""


def _require_position(connection: Connection) -> None:
    needed = _needed.get()
    if needed is None:
        return
    database, started, is_standby, has_it = connection.exec_driver_sql(_CHECK, (needed.lsn,)).one()
    if database != needed.database:
        raise Unserved("it is another database, or of another server, than the one that is written to")
    if not is_standby and started != needed.started:
        raise Unserved("it was promoted, and is not the server that is written to")
    if is_standby and not has_it:
        raise _Behind("it is behind the primary")
