"""What waits to be written, in order: entries up to a bound, and other writes between them."""

import asyncio
import random
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from bot.ledger.write.queue_age import QueueAge
from bot.ledger.write.recorder import Recorded
from bot.ledger.write.transactions import Work

JITTER = 0.75
"""Batches that aren't full are given out after this share of their greatest age, or up to all of it.

So that the writers of several processes don't all come at once.
"""


def _future() -> "asyncio.Future[Any]":
    return asyncio.get_running_loop().create_future()


@dataclass(eq=False, slots=True)
class WriteTask:
    """A write that isn't an entry, and what came of it."""

    work: Work[Any]
    done: "asyncio.Future[Any]" = field(default_factory=_future)

    def succeed(self, result: object) -> None:
        """Hand over the result, unless nobody waits any more."""
        if not self.done.done():
            self.done.set_result(result)

    def fail(self, error: Exception) -> None:
        """Hand over what went wrong, unless nobody waits any more."""
        if not self.done.done():
            self.done.set_exception(error)


class WriteQueue:
    """A bounded queue that gives out batches: full ones at once, others when they are `max_age` seconds old."""

    def __init__(self, *, batch: int, max_age: float, capacity: int) -> None:
        self._batch, self._max_age, self.capacity = batch, max_age, capacity
        self._queue: deque[Recorded | WriteTask] = deque()
        self._age = QueueAge()
        self._jobs = 0
        self._some, self._hurry, self._room = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._room.set()

    def __len__(self) -> int:
        return len(self._queue)

    @property
    def has_room(self) -> bool:
        """Tell whether one more entry may wait."""
        return len(self._queue) < self.capacity

    @property
    def age(self) -> float:
        """Return the seconds that the head has waited at the most."""
        return self._age.longest

    def add(self, recorded: Recorded) -> None:
        """Let an entry wait; the caller has looked for room."""
        self._queue.append(recorded)
        waiting = len(self._queue)
        if waiting == 1:
            self._age.first()
            self._some.set()
        if waiting == self._batch:
            self._hurry.set()
        if waiting == self.capacity:
            self._room.clear()

    def add_job(self, job: WriteTask) -> None:
        """Let another write wait, after all that waits already; what is before it doesn't linger."""
        if not self._queue:
            self._age.first()
        self._queue.append(job)
        self._jobs += 1
        self._some.set()
        self._hurry.set()

    async def wait_for_room(self) -> None:
        """Return when one more entry may wait."""
        await self._room.wait()

    async def head(self, most: int) -> list[Recorded] | WriteTask:
        """Return what is to be written next, at most so many entries; it stays in the queue until `done`."""
        await self._some.wait()
        with suppress(TimeoutError):
            async with asyncio.timeout(self._max_age * random.uniform(JITTER, 1)):  # noqa: S311 nothing secret
                await self._hurry.wait()
        self._age.look(len(self._queue))
        batch: list[Recorded] = []
        for item in islice(self._queue, most):
            if isinstance(item, WriteTask):
                return batch or item
            batch.append(item)
        return batch

    def done(self, head: list[Recorded] | WriteTask) -> None:
        """Take the head off the queue."""
        if isinstance(head, WriteTask):
            self._queue.popleft()
            self._age.leave(1)
            self._jobs -= 1
        else:
            self._age.leave(len(head))
            for _ in head:
                self._queue.popleft()
        if not self._queue:
            self._some.clear()
        if len(self._queue) < self._batch and not self._jobs:
            self._hurry.clear()
        if self.has_room:
            self._room.set()
