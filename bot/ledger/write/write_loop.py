"""Takes batches and other writes off the queue, one transaction each, for as long as the bot runs."""

import asyncio
import logging
import random
from datetime import UTC, datetime
from functools import partial

from bot.errors import reason
from bot.ledger.write.backoff import Backoff, is_contention, is_duplicate, is_transient
from bot.ledger.write.recorder import Recorded, Recorder
from bot.ledger.write.transactions import BATCH_SECONDS, JOB_SECONDS, Transactions
from bot.ledger.write.write_queue import WriteQueue, WriteTask

log = logging.getLogger(__name__)

MAX_COLLISIONS = 10
"""Times that a batch is tried again because another process wrote some of its messages just before."""


class WriteLoop:
    """Writes what waits, in order. Nothing is lost to a database in trouble; an entry that it refuses is let go.

    `batches`, `entries` and `refused` count what was written and what wasn't; `batch_seconds` sums how long the
    oldest entry of each batch waited.
    """

    def __init__(self, queue: WriteQueue, transactions: Transactions, recorder: Recorder, batch: int) -> None:
        self._queue, self._transactions, self._recorder, self._batch = queue, transactions, recorder, batch
        self._backoff = Backoff()
        self._one_by_one = self._collisions = 0
        self.refused = self.batches = self.entries = 0
        self.batch_seconds = 0.0
        self.last_commit_at: datetime | None = None

    @property
    def last_error(self) -> str | None:
        """Return what is wrong while the database is in trouble."""
        return self._backoff.last

    async def run(self) -> None:
        """Write for ever."""
        while True:
            head = await self._queue.head(1 if self._one_by_one else self._batch)
            if await (self._run_task(head) if isinstance(head, WriteTask) else self._write(head)):
                self._queue.done(head)

    async def _write(self, batch: list[Recorded]) -> bool:
        """Write a batch; False when it is to be tried again."""
        try:
            self.entries += await self._transactions.run(partial(self._recorder.record, batch=batch), BATCH_SECONDS)
        except Exception as error:  # noqa: BLE001 a batch must neither end the task nor be lost
            return await self._mishap(batch, error)
        self._backoff.ends()
        self._collisions = 0
        self.batches += 1
        self.batch_seconds += self._queue.age
        self._one_by_one = max(0, self._one_by_one - len(batch))
        self.last_commit_at = datetime.now(UTC)
        return True

    async def _mishap(self, batch: list[Recorded], error: Exception) -> bool:
        if is_contention(error) or (is_duplicate(error) and self._collisions < MAX_COLLISIONS):
            self._collisions += 1
            await asyncio.sleep(_moment())
            return False
        if is_transient(error):
            await asyncio.sleep(self._backoff.begins(error, len(self._queue)))
            return False
        if len(batch) > 1:
            self._one_by_one = len(batch)
            return False
        self._one_by_one -= 1
        self.refused += 1
        log.error("the database refuses entry %d: %s", batch[0].entry.message_id, reason(error))
        return True

    async def _run_task(self, job: WriteTask) -> bool:
        """Run a job unless nobody waits for it any more; False when it is to be tried again."""
        if job.done.cancelled():
            return True
        try:
            job.succeed(await self._transactions.run(job.work, JOB_SECONDS))
        except Exception as error:  # noqa: BLE001 whoever waits for the job gets the error
            if is_contention(error):
                await asyncio.sleep(_moment())
                return False
            if is_transient(error):
                await asyncio.sleep(self._backoff.begins(error, len(self._queue)))
                return False
            job.fail(error)
        self._backoff.ends()
        return True


def _moment() -> float:
    """Return some hundredths of a second: two writers that got in each other's way shouldn't meet again."""
    return random.uniform(0.01, 0.1)  # noqa: S311 nothing secret
