"""Hears of other processes' changes within a second, and hands them on, for as long as the bot runs."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import reason
from bot.ledger.coordination.changes import CHANNEL, LEASES, Change, NewChanges
from bot.ledger.coordination.prompt_transaction import ANSWER_SECONDS, prompt_transaction

log = logging.getLogger(__name__)

ASKING_SECONDS, LISTENING_SECONDS = 0.5, 10.0
"""Between two looks: where nothing wakes us, and where notifications do."""

ECHO_SECONDS = 2.0
"""Within which a notification of our own comes back where listening works at all."""

Apply = Callable[[Change], Awaitable[None]]


class Alarm:
    """Set by notifications, and by the end of the connection that they come on. `stir` is called for leases.

    `look` asks something on that connection.
    """

    def __init__(self, stir: Callable[[], object], look: Callable[[], Awaitable[object]]) -> None:
        self._event, self._stir, self._look = asyncio.Event(), stir, look
        self.rings = self.lost = False

    def ring(self, *notification: object) -> None:
        """A notification came: something changed, or leases were let go of."""
        self.rings = True
        if notification[-1:] == (LEASES,):
            self._stir()
        else:
            self._event.set()

    def lose(self, *_: object) -> None:
        """No more notifications will come."""
        self.lost = True
        self._event.set()

    async def rest(self, seconds: float) -> None:
        """Return when something came, or after so many seconds."""
        try:
            async with asyncio.timeout(seconds):
                await self._event.wait()
        except TimeoutError:
            return
        self._event.clear()

    async def listen(self) -> None:
        """Return when something came, or after a while; `TimeoutError` where the connection has gone silent."""
        if not self.rings:
            await self.rest(ASKING_SECONDS)
            return
        await self.rest(LISTENING_SECONDS)
        async with asyncio.timeout(ANSWER_SECONDS):
            await self._look()


async def follow_changes(engine: AsyncEngine, new: NewChanges, apply: Apply, stir: Callable[[], object]) -> None:
    """Work for ever; while the database is away nothing changes, and afterwards all is read that came meanwhile."""
    troubled = False
    while True:
        try:
            async with _listening(engine, stir) as alarm:
                troubled = False
                while not alarm.lost:
                    await _apply_all(new, apply)
                    await alarm.listen()
        except Exception as error:  # noqa: BLE001 - a database in trouble must not end it
            if not troubled:
                log.warning("what other processes change isn't heard of for now (%s)", reason(error))
            troubled = True
        await asyncio.sleep(ASKING_SECONDS)


async def _apply_all(new: NewChanges, apply: Apply) -> None:
    found = await new.read()
    for at, change in enumerate(found):
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                await apply(change)
        except BaseException:
            new.put_back(found[at:])
            raise


@asynccontextmanager
async def _listening(engine: AsyncEngine, stir: Callable[[], object]) -> AsyncGenerator[Alarm]:
    """Listen on a connection of its own; the alarm rings once at the beginning where that works."""
    async with engine.connect() as connection:
        driver: Any = (await connection.get_raw_connection()).driver_connection
        alarm = Alarm(stir, lambda: driver.execute("SELECT 1"))
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                await driver.add_listener(CHANNEL, alarm.ring)
            driver.add_termination_listener(alarm.lose)
            async with prompt_transaction(engine) as other:
                await other.execute(select(func.pg_notify(CHANNEL, "")))
            await alarm.rest(ECHO_SECONDS)
            yield alarm
        finally:
            driver.remove_termination_listener(alarm.lose)
            await connection.invalidate()  # a pooler may hand it on: nobody else shall hear of it
