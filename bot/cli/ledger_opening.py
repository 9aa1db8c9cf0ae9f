"""Opens the ledger; where its PostgreSQL isn't there yet, as when both start with the machine, waits for it."""

import asyncio
import logging
import time
from contextlib import AsyncExitStack

from sqlalchemy.exc import SQLAlchemyError

from bot.errors import UserError, reason
from bot.ledger.engine import parsed, shown
from bot.ledger.ledger import Ledger, open_ledger
from bot.ledger.write.backoff import is_away
from bot.settings import Settings

log = logging.getLogger(__name__)

PAUSE_SECONDS, SAID_EVERY_SECONDS = 2.0, 60.0
"""Between two tries, and between two lines of the log about them."""


async def open_when_there(settings: Settings, stack: AsyncExitStack, stop: asyncio.Event) -> Ledger | None:
    """Open the ledger as soon as its database lets us; None at `stop`.

    Raises `UserError` for what waiting doesn't mend: a password, a database that doesn't exist, a SQLite file.
    """
    said_at = float("-inf")
    while not stop.is_set():
        try:
            return await _open(settings, stack, stop)
        except (UserError, SQLAlchemyError, OSError) as error:
            cause = error.__cause__ or error
            if parsed(settings.database).get_backend_name() == "sqlite" or not is_away(cause):
                raise
            if time.monotonic() - said_at > SAID_EVERY_SECONDS:
                said_at = time.monotonic()
                log.warning("waiting for the database %s (%s)", shown(settings.database), reason(cause))
        await _rest(stop, PAUSE_SECONDS)
    return None


async def _open(settings: Settings, stack: AsyncExitStack, stop: asyncio.Event) -> Ledger | None:
    """Try once, however long a network that swallows everything takes."""
    opening = asyncio.create_task(
        stack.enter_async_context(open_ledger(settings.database, settings.database_read_url)), name="ledger"
    )
    stopping = asyncio.create_task(stop.wait(), name="stop signal")
    try:
        await asyncio.wait({opening, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if opening.done():
            return opening.result()
        opening.cancel()
        await asyncio.gather(opening, return_exceptions=True)
        return None
    finally:
        stopping.cancel()


async def _rest(stop: asyncio.Event, seconds: float) -> None:
    """Return after so many seconds, or at `stop`."""
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        pass
