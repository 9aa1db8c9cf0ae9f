"""The ledger as the bot holds it: the database, its one writer, and the choices in memory."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger import migrate
from bot.ledger.engine import open_engine
from bot.ledger.preferences import Preferences
from bot.ledger.write.writer import Writer


@dataclass(frozen=True, slots=True)
class Ledger:
    """Reads go through `engine`, entries and all other writes through `writer`; `counting` knows the choices."""

    engine: AsyncEngine
    writer: Writer
    preferences: Preferences


@asynccontextmanager
async def open_ledger(database: str) -> AsyncIterator[Ledger]:
    """Open the database, run the migrations that are missing, start the writer; in the end write what is left.

    Raises `UserError` when the database can't be opened.
    """
    engine = open_engine(database)
    try:
        await migrate.upgrade(engine)
        async with Writer(engine) as writer:
            yield Ledger(engine, writer, await Preferences.load(engine))
    finally:
        await engine.dispose()
