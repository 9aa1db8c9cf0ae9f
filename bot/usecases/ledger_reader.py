"""The guard through which every reading of every command goes: in time, or one sentence."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import UserError, reason
from bot.ledger.replica import Replica, Unserved

log = logging.getLogger(__name__)

READ_TIMEOUT = 2.0
"""Seconds for one reading; who asks has been told before that we think."""

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LedgerReader:
    """The only way from use cases to the database. Raises `UserError` when it doesn't answer in time, or at all.

    Where there is a replica it is read first. Only what spares the primary work is to be read so: see `Replica`.
    """

    engine: AsyncEngine
    replica: Replica | None = None

    async def read(
        self, query: Callable[Concatenate[AsyncEngine, P], Awaitable[T]], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Return what a query of the ledger finds."""
        return await self.read_within(READ_TIMEOUT, lambda engine: query(engine, *args, **kwargs))

    async def read_within(self, seconds: float, query: Callable[[AsyncEngine], Awaitable[T]]) -> T:
        """Return what is read by a longer work, such as an export."""
        try:
            if self.replica is not None:
                with suppress(Unserved):
                    return await self.replica.read(seconds, query)
            async with asyncio.timeout(seconds):
                return await query(self.engine)
        except (SQLAlchemyError, OSError) as error:  # a timeout is an OSError
            log.warning("the ledger can't be read: %s", reason(error))
            raise UserError("error.database_busy") from error
