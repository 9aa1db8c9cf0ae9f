"""One process's part in what several agree on, on connections that counting doesn't use."""

import asyncio
import os
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Self

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger import migrate
from bot.ledger.coordination.changes import NewChanges
from bot.ledger.coordination.shard_leases import ShardLeases
from bot.ledger.engine import open_engine, parsed
from bot.ledger.silence import let_go

MAX_NAME = 40


@dataclass(frozen=True, slots=True)
class Coordination:
    """The engine for it, what is new since the preferences were read, and this process's leases.

    `stirred` is set when another process lets go of leases.
    """

    engine: AsyncEngine
    new_changes: NewChanges
    leases: ShardLeases
    stirred: asyncio.Event = field(default_factory=asyncio.Event)

    @classmethod
    @asynccontextmanager
    async def open(cls, database: str) -> AsyncGenerator[Self | None]:
        """Open it; None where the database has one process only (SQLite). Before the preferences are read."""
        if parsed(database).get_backend_name() != "postgresql":
            yield None
            return
        engine = open_engine(database)
        try:
            new_changes = NewChanges(engine)
            await new_changes.begin()
            yield cls(engine, new_changes, ShardLeases(engine, _holder(), revision=migrate.head()))
        finally:
            await let_go(engine)


def _holder() -> str:
    """Return a name for this process that no other one has, and that a host recognises."""
    return f"{socket.gethostname()[:MAX_NAME]}:{os.getpid()}:{token_hex(4)}"
