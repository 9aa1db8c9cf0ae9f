"""Transactions that answer promptly or are given up: a connection may hang for ever, as when a machine vanishes."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

ANSWER_SECONDS = 10.0
"""How long the database may take for what a handful of rows take."""


@asynccontextmanager
async def prompt_transaction(engine: AsyncEngine) -> AsyncGenerator[AsyncConnection]:
    """Begin one, and commit it; `TimeoutError` where the database doesn't answer, whose connection is then let go."""
    async with asyncio.timeout(ANSWER_SECONDS), engine.begin() as connection:
        yield connection
