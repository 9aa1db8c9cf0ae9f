"""The only one that writes to the ledger: group commit, in order, within bounds, whatever the database does."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Self, TypeVar

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import UserError, reason
from bot.ledger.records import Entry, WriterState
from bot.ledger.write import watermarks
from bot.ledger.write.log_truncation import LogTruncation
from bot.ledger.write.recorder import Recorded, Recorder
from bot.ledger.write.transactions import Work, transactions
from bot.ledger.write.watermark_holds import Session, WatermarkHolds
from bot.ledger.write.write_loop import WriteLoop
from bot.ledger.write.write_queue import WriteQueue, WriteTask

log = logging.getLogger(__name__)

T = TypeVar("T")


class Writer:
    """Takes entries without ever waiting, and writes them in batches.

    A batch is at most `batch` entries, the oldest at most `max_age` seconds old. While the database is in trouble
    up to `capacity` entries wait; what comes on top is dropped, its channel's watermark stands still, and
    `on_dropped` is told the channel: reading its history brings it back. `patience` is how long, in seconds,
    `flush`, `run` and `close` wait for a database in trouble.
    """

    def __init__(
        self,
        engine: AsyncEngine,
        *,
        batch: int = 500,
        max_age: float = 0.25,
        capacity: int = 20_000,
        patience: float = 30.0,
        on_dropped: Callable[[int], None] | None = None,
    ) -> None:
        self._patience, self._on_dropped = patience, on_dropped
        self._queue = WriteQueue(batch=batch, max_age=max_age, capacity=capacity)
        self._transactions = transactions(engine)
        self._log_truncation = LogTruncation(self._transactions.truncate_log)
        self._loop = WriteLoop(self._queue, self._transactions, Recorder(engine.dialect), batch)
        self.holds = WatermarkHolds()
        """Which watermarks stand still: events are missing, or history is still to be read."""
        self.hand_on: Callable[[], None] = lambda: None
        """Set by who holds messages back for a moment: records them, so that other writes come after them."""
        self._task: asyncio.Task[None] | None = None
        self._open = False
        self._dropped = 0

    async def __aenter__(self) -> Self:
        self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    @property
    def state(self) -> WriterState:
        """Return how it is doing."""
        return WriterState(
            queued=len(self._queue),
            capacity=self._queue.capacity,
            dropped=self._dropped,
            refused=self._loop.refused,
            last_commit_at=self._loop.last_commit_at,
            last_error=self._loop.last_error,
            batches=self._loop.batches,
            batch_seconds=self._loop.batch_seconds,
            entries=self._loop.entries,
        )

    def start(self) -> None:
        """Begin to take entries and to write them."""
        self._open = True
        self._task = asyncio.create_task(self._loop.run(), name="ledger writer")

    async def close(self) -> None:
        """Take no more, write what was taken, let go of the database."""
        if self._task is None:
            return
        try:
            if self._open:
                self.hand_on()
                self._open = False
                await self._run(_nothing)
        except UserError:
            log.error("%d writes were lost at the end: catch-up brings the entries back", len(self._queue))
        finally:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._task = None
            await self._log_truncation.close()
            await self._transactions.close()

    # Entries

    def record(self, entry: Entry, watermark: bool = True) -> bool:
        """Take an entry, at once; False when it had to be dropped.

        `watermark` is for live messages: the channel's watermark follows them. It isn't for requests, nor for
        history that is being read.
        """
        if self._open and self._queue.has_room:
            moves = watermark and self.holds.moves(entry.guild_id, entry.channel_id, entry.message_id)
            self._queue.add(Recorded(entry, moves))
            return True
        self._dropped += 1
        if watermark and self.holds.drop(entry.guild_id, entry.channel_id, entry.message_id) and self._on_dropped:
            self._on_dropped(entry.channel_id)
        return False

    async def put(self, entry: Entry) -> None:
        """Take an entry of a channel's history, when there is room; its watermark waits for `release`.

        Raises `UserError` once the writer is closing.
        """
        await self._queue.wait_for_room()
        if not self._open:
            raise UserError("error.database_busy")
        self._queue.add(Recorded(entry, False))

    # Watermarks

    @property
    def held(self) -> frozenset[int]:
        """Return the channels whose watermark stands still until their history was read."""
        return self.holds.held

    async def release(
        self, channel_id: int, guild_id: int, up_to: int, session: Session, *, unless: int | None = None
    ) -> None:
        """Let the watermark move: all that counts up to message `up_to` was handed over with `put`.

        The channel stays held, at `up_to`, when a later message had to be dropped or its server was held again.
        Nothing is written when the watermark would come to stand at `unless`.
        """
        mark = self.holds.release(guild_id, channel_id, up_to, session)
        if mark == unless:
            return
        await self.run(partial(watermarks.raise_to, channel_id=channel_id, guild_id=guild_id, message_id=mark))

    async def forget_channel(self, guild_id: int, channel_id: int) -> None:
        """Drop the watermark of a server's channel that is gone."""
        self.holds.forget(channel_id)
        await self.run(partial(watermarks.forget, guild_id=guild_id, channel_id=channel_id))

    # Other writes

    async def run(self, work: Work[T]) -> T:
        """Run a function of a connection in a writing transaction, after all that was taken before.

        Raises what the function raises (nothing of it is written then), and `UserError` when the database
        is in trouble for longer than `patience`.
        """
        if not self._open:
            raise UserError("error.database_busy")
        self.hand_on()
        return await self._run(work)

    def submit(self, work: Work[object]) -> None:
        """Have a function run as `run` does, at once after all that was taken before; what fails is logged."""
        if self._open:
            self.hand_on()
            job = WriteTask(work)
            job.done.add_done_callback(_note_failure)
            self._queue.add_job(job)

    async def flush(self) -> None:
        """Return when all that was taken before is written; `UserError` when `patience` runs out."""
        await self.run(_nothing)

    async def overwrite_deleted(self) -> None:
        """Leave nothing of what was deleted in SQLite's files; what fails now is done by the next start."""
        try:
            await self._transactions.rewrite()
        except Exception as error:  # noqa: BLE001 erased it is; a full disk or a locked database is no reason to fail
            log.warning("the database can't be rewritten now: %s", reason(error))
        await self.truncate_log()

    async def truncate_log(self) -> bool:
        """Empty SQLite's write-ahead log, so that nothing deleted stands there; False when that is left for later."""
        return await self._log_truncation.run()

    async def _run(self, work: Work[T]) -> T:
        job = WriteTask(work)
        self._queue.add_job(job)
        try:
            async with asyncio.timeout(self._patience):
                return await job.done
        except TimeoutError as error:
            raise UserError("error.database_busy") from error


def _nothing(_: Connection) -> None:
    """Write nothing: that this ran means that all before it is written."""


def _note_failure(done: "asyncio.Future[object]") -> None:
    error = None if done.cancelled() else done.exception()
    if isinstance(error, Exception):
        log.error("a write failed: %s", reason(error))
