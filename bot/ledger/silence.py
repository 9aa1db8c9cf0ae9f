"""Connections to a PostgreSQL that has gone silent, as when its machine vanished: noticed, and not waited for."""

import asyncio
import socket
from typing import Any
from weakref import WeakKeyDictionary, WeakSet

from sqlalchemy import Engine, event
from sqlalchemy.ext.asyncio import AsyncEngine

CLOSING_SECONDS = 5.0
"""How long a server may take to say goodbye."""

OPTIONS = {"TCP_KEEPIDLE": 10, "TCP_KEEPINTVL": 5, "TCP_KEEPCNT": 2, "TCP_USER_TIMEOUT": 20_000}
"""Seconds until a quiet connection is probed, between probes, how many may be lost; milliseconds for what was sent.

Less in all than the thirty seconds that somebody's command waits for its write (`Writer`).
"""


_opened: "WeakKeyDictionary[Engine, WeakSet[Any]]" = WeakKeyDictionary()
"""asyncpg's connections of each engine, as its pool can only ask them to end."""


def notice_silence(engine: AsyncEngine) -> None:
    """Have the system end connections to machines that don't answer: twenty seconds, instead of hours or never."""
    opened = _opened[engine.sync_engine] = WeakSet()

    def note(connection: Any, _: object) -> None:
        opened.add(connection.driver_connection)
        _probe(connection.driver_connection)

    event.listen(engine.sync_engine, "connect", note)


async def let_go(engine: AsyncEngine) -> None:
    """Close an engine's connections, those that are silent too."""
    if engine.sync_engine not in _opened:  # a file: none of its connections is silent
        await engine.dispose()
        return
    try:
        async with asyncio.timeout(CLOSING_SECONDS):
            await engine.dispose()
    except TimeoutError:
        for connection in _opened[engine.sync_engine]:
            connection.terminate()
        await engine.dispose(close=False)


def _probe(connection: Any) -> None:
    one = connection._transport.get_extra_info("socket")  # noqa: SLF001 asyncpg has no other way
    if one is None or one.family not in (socket.AF_INET, socket.AF_INET6):
        return
    one.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in OPTIONS.items():
        if hasattr(socket, name):  # each system has its own
            one.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
