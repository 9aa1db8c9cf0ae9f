"""Runs a function in one writing transaction: in SQLite in a thread of its own, else by the async driver.

The function gets a plain SQLAlchemy connection. So nothing else can slip into its transaction, nothing is
awaited while the lock is held, and SQLite costs one change of threads per transaction instead of one per
statement.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Protocol, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger.engine import for_writing, open_in_thread
from bot.ledger.sqlite import rewrite, truncate_log
from bot.ledger.write.backoff import is_contention, is_transient

HUNG_SECONDS = 10
"""After which PostgreSQL ends a session that does nothing in the middle of a transaction.

A process that hangs there would hold its locks, and all others up, for as long as it hangs. Once awake it tries again.
"""

BATCH_SECONDS, JOB_SECONDS = 30.0, 300.0
"""How long a batch, or another write, may take: a machine that vanished would be waited for for ever."""

T = TypeVar("T")
Work = Callable[[Connection], T]


LIMIT = "SELECT set_config('idle_in_transaction_session_timeout', '{}s', true)"


class Transactions(Protocol):
    """One writing transaction after another."""

    async def run(self, work: Work[T], seconds: float = JOB_SECONDS) -> T:
        """Run `work` in a transaction: committed when it returns, rolled back when it raises.

        `TimeoutError` where a server takes longer than `seconds`: its connection is let go.
        """
        ...

    async def rewrite(self) -> None:
        """Leave no copies of what was deleted in the database's free space."""
        ...

    async def truncate_log(self) -> bool:
        """Fold the write-ahead log in and empty it; False while somebody reads from it."""
        ...

    async def close(self) -> None:
        """Let go of the connection."""
        ...


def transactions(engine: AsyncEngine) -> Transactions:
    """Return the way of running transactions that fits the engine."""
    twin = open_in_thread(engine)
    return InThread(twin) if twin else OnLoop(engine)


class InThread:
    """SQLite: one connection in one thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ledger")

    async def run(self, work: Work[T], seconds: float = JOB_SECONDS) -> T:
        """Run `work` in the thread. Cancelling doesn't stop it half way: it ends by itself."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._transact, work)

    async def rewrite(self) -> None:
        """Do it in the thread, between two transactions."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._rewrite)

    async def truncate_log(self) -> bool:
        """Do it in the thread, between two transactions."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._truncate_log)

    async def close(self) -> None:
        """Close the connection and end the thread, after what it is doing."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._engine.dispose)
        self._thread.shutdown()

    def _transact(self, work: Work[T]) -> T:
        with self._engine.begin() as connection:
            return work(connection)

    def _rewrite(self) -> None:
        with closing(self._engine.raw_connection()) as connection:
            rewrite(connection.cursor())

    def _truncate_log(self) -> bool:
        with closing(self._engine.raw_connection()) as connection:
            return truncate_log(connection.cursor())


class OnLoop:
    """Any asynchronous driver."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = for_writing(engine)

    async def run(self, work: Work[T], seconds: float = JOB_SECONDS) -> T:
        """Run `work` on a connection of the engine's pool; in trouble the next one gets another connection.

        The same one may be in trouble for ever: on a server that isn't the primary any more, or with settings of
        the past.
        """
        async with asyncio.timeout(seconds), self._engine.begin() as connection:
            try:
                if connection.dialect.name == "postgresql":  # each time, as a pooler may lend another session
                    await connection.exec_driver_sql(LIMIT.format(HUNG_SECONDS))
                return await connection.run_sync(work)
            except DBAPIError as error:
                if is_transient(error) and not is_contention(error):
                    await connection.invalidate()
                raise

    async def rewrite(self) -> None:
        """Leave that to the server's own vacuum."""

    async def truncate_log(self) -> bool:
        """There is no such log, or none of ours."""
        return True

    async def close(self) -> None:
        """Leave the engine to its owner."""
