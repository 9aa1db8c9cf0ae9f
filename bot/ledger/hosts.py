"""Connects to the one of several PostgreSQL servers that fits, though another one's machine is gone without a word.

asyncpg would wait for the first one for a minute and then give up: it has no time limit for each.
"""

import asyncio
import importlib
from typing import Any, cast

HEAD_START = 0.5
"""Seconds that a server has for itself, before the next one is tried beside it."""

PREFER_STANDBY = "prefer-standby"

Connection = Any
"""asyncpg's; that is there only where PostgreSQL is used."""

Server = tuple[Any, Any]
"""A host and a port, as asyncpg takes them."""


class Hosts:
    """The servers of one URL; the one that fitted last is the first to be tried."""

    def __init__(self) -> None:
        self._first = 0

    async def connect(self, *, host: Any = None, port: Any = None, **arguments: Any) -> Connection:
        """Return a connection as asyncpg makes it; raises what it raises of the last server that failed."""
        asyncpg: Any = importlib.import_module("asyncpg")
        servers = _servers(host, port, whole=arguments.get("target_session_attrs") == PREFER_STANDBY)
        waiting = [servers[(self._first + one) % len(servers)] for one in range(len(servers))]
        trying: dict[asyncio.Task[Connection], Server] = {}
        try:
            while True:
                if waiting:
                    at, at_port = server = waiting.pop(0)
                    trying[asyncio.create_task(asyncpg.connect(host=at, port=at_port, **arguments))] = server
                limit = HEAD_START if waiting else None
                done, _ = await asyncio.wait(trying, timeout=limit, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    server = trying.pop(task)
                    if task.exception() is None:
                        self._first = servers.index(server)
                        return task.result()
                    if not (trying or waiting):
                        task.result()
        finally:
            await _give_up(trying)


def _servers(host: Any, port: Any, *, whole: bool) -> list[Server]:
    """Return them one by one, or `whole` where asyncpg has to compare them."""
    if whole or not isinstance(host, list):
        return [(host, port)]
    return list(zip(cast("list[str]", host), port, strict=True))


async def _give_up(trying: dict[asyncio.Task[Connection], Server]) -> None:
    """End the other attempts, and what connected at the same moment."""
    for task in trying:
        task.cancel()
    for found in await asyncio.gather(*trying, return_exceptions=True):
        if not isinstance(found, BaseException):
            found.terminate()
