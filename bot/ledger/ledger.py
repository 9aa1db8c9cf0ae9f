"""The ledger as the bot holds it: the database, its one writer, and the choices in memory."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger import migrate
from bot.ledger.coordination.change_listener import follow_changes
from bot.ledger.coordination.changes import PERSON, Change
from bot.ledger.coordination.coordination import Coordination
from bot.ledger.copying import require_whole
from bot.ledger.engine import open_engine, open_read_only, unusable
from bot.ledger.partitions import make_ahead
from bot.ledger.preferences import Preferences
from bot.ledger.replica import Replica
from bot.ledger.silence import let_go
from bot.ledger.sqlite import file_of, rewrite_once
from bot.ledger.write.writer import Writer


@dataclass(frozen=True, slots=True)
class Ledger:
    """Reads go through `engine`, which can't write; entries and all other writes through `writer`.

    Boards and totals may also be read from `replica`, where there is one. `preferences` are what servers and people
    chose, in memory. `coordination` is there where several processes can share the database.
    """

    engine: AsyncEngine
    writer: Writer
    preferences: Preferences
    replica: Replica | None = None
    coordination: Coordination | None = None

    async def follow_changes(self) -> None:
        """Keep the preferences as other processes change them, for ever."""
        assert self.coordination is not None, "SQLite has one process only"
        shared = self.coordination
        await follow_changes(shared.engine, shared.new_changes, self._reload, shared.stirred.set)

    async def _reload(self, change: Change) -> None:
        reload = self.preferences.reload_person if change.kind == PERSON else self.preferences.reload_server
        await reload(self.engine, change.of_id)


@asynccontextmanager
async def open_ledger(database: str, read_database: str | None = None) -> AsyncGenerator[Ledger]:
    """Open the database, run the migrations that are missing, start the writer; in the end write what is left.

    `read_database` is the same one as boards and totals are to read it: by another role, or from a standby.
    Raises `UserError` when the database can't be opened, or holds a copy that isn't whole.
    """
    async with AsyncExitStack() as stack:
        try:
            ledger = await _opened(stack, database, read_database)
        except (SQLAlchemyError, OSError) as error:
            raise unusable(database, error) from error
        yield ledger


async def _opened(stack: AsyncExitStack, database: str, read_database: str | None) -> Ledger:
    writing = open_engine(database)
    stack.push_async_callback(let_go, writing)
    await migrate.upgrade(writing)
    await require_whole(writing)
    path = file_of(writing.url)
    if path:
        await asyncio.to_thread(rewrite_once, path)
    engine = open_read_only(database)
    stack.push_async_callback(let_go, engine)
    replica = None
    if read_database is not None:
        replica = Replica(open_read_only(read_database), engine)
        stack.push_async_callback(let_go, replica.engine)
    writer = await stack.enter_async_context(Writer(writing))
    await writer.run(partial(make_ahead, now=datetime.now(UTC)))
    await writer.truncate_log()  # what was deleted just before the last end may still stand there
    coordination = await stack.enter_async_context(Coordination.open(database))
    return Ledger(engine, writer, await Preferences.load(engine), replica, coordination)
