"""The ledger as the bot holds it: the database, its one writer, and the choices in memory."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger import migrate
from bot.ledger.engine import open_engine, open_read_only
from bot.ledger.preferences import Preferences
from bot.ledger.sqlite import file_of, rewrite_once
from bot.ledger.write.writer import Writer


@dataclass(frozen=True, slots=True)
class Ledger:
    """Reads go through `engine`, which can't write; entries and all other writes through `writer`.

    `preferences` are what servers and people chose, in memory.
    """

    engine: AsyncEngine
    writer: Writer
    preferences: Preferences


@asynccontextmanager
async def open_ledger(database: str) -> AsyncGenerator[Ledger]:
    """Open the database, run the migrations that are missing, start the writer; in the end write what is left.

    Raises `UserError` when the database can't be opened.
    """
    async with AsyncExitStack() as stack:
        writing = open_engine(database)
        stack.push_async_callback(writing.dispose)
        await migrate.upgrade(writing)
        path = file_of(writing.url)
        if path:
            await asyncio.to_thread(rewrite_once, path)
        reading = open_read_only(database)
        stack.push_async_callback(reading.dispose)
        writer = await stack.enter_async_context(Writer(writing))
        await writer.truncate_log()  # what was deleted just before the last end may still stand there
        yield Ledger(reading, writer, await Preferences.load(reading))
