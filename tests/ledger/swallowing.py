"""A way to PostgreSQL that may swallow everything, as when a machine vanishes: nobody is told, new ones may come."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import URL


class Way:
    """Connections of a loopback port to a server; those that are `lost` pass nothing on, and never end."""

    def __init__(self, server: URL) -> None:
        self._server = server
        self._open, self._lost = set[asyncio.StreamWriter](), set[asyncio.StreamWriter]()
        self._backs = set[asyncio.StreamWriter]()
        self.url = ""

    def lose(self) -> None:
        """Swallow what comes on the connections that there are."""
        self._lost |= self._open

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        listening = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        host, port = listening.sockets[0].getsockname()
        self.url = self._server.set(host=host, port=port).render_as_string(hide_password=False)
        yield
        listening.close()
        for one in self._open | self._backs:
            one.transport.abort()
        await asyncio.sleep(0.1)  # they end in the loop's next rounds

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        there, back = await asyncio.open_connection(self._server.host, self._server.port or 5432)
        self._backs.add(back)
        await asyncio.gather(self._pump(reader, back, writer), self._pump(there, writer, writer))

    async def _pump(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter, client: asyncio.StreamWriter
    ) -> None:
        try:
            while some := await source.read(65536):
                if client not in self._lost:
                    target.write(some)
        except OSError:
            pass
        if client not in self._lost or target is not client:
            target.close()
