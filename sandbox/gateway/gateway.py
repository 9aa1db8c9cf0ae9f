"""The gateway's network side: who is connected, and how to disturb them."""

from __future__ import annotations

from aiohttp import web

from sandbox.gateway.connection import Connection
from sandbox.gateway.session import Session
from sandbox.gateway.sessions import Sessions


class Gateway:
    """Serves `/gateway`. `token` is the only one accepted; `accepting` False turns clients away (503)."""

    def __init__(self, registry: Sessions, token: str) -> None:
        self.registry = registry
        self.token = token
        self.heartbeat_interval = 41_250
        self.accepting = True
        self.connections: set[Connection] = set()
        self.wait_ready, self.wait_gone = registry.wait_ready, registry.wait_gone

    @property
    def url(self) -> str:
        """The gateway's address."""
        return self.registry.gateway_url

    @property
    def sessions(self) -> dict[str, Session]:
        """The sessions, connected or not, by id."""
        return self.registry.by_id

    @property
    def identifies(self) -> int:
        """How many sessions were opened."""
        return self.registry.identifies

    @property
    def resumes(self) -> int:
        """How many sessions were resumed."""
        return self.registry.resumes

    @property
    def online(self) -> bool:
        """Whether any session is connected."""
        return self.registry.online

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """A client connects."""
        if not self.accepting:
            return web.Response(status=503)
        socket = web.WebSocketResponse(max_msg_size=1 << 20)
        await socket.prepare(request)
        connection = Connection(self.registry, socket, request.transport, self.token, self.heartbeat_interval)
        self.connections.add(connection)
        try:
            await connection.run()
        finally:
            self.connections.discard(connection)
            self.registry.changed()
        return socket

    async def close(self) -> None:
        """Turn everyone out: the sandbox stops."""
        self.accepting = False
        for connection in list(self.connections):
            await connection.close(1001)

    async def drop(self, *, resumable: bool = True) -> None:
        """Cut every connection without a closing frame. Not `resumable`: the sessions are lost too."""
        if not resumable:
            self.sessions.clear()
        for connection in list(self.connections):
            connection.abort()

    async def reconnect(self) -> None:
        """Ask every client to reconnect and resume (op 7)."""
        for connection in list(self.connections):
            await connection.send(7, None)

    async def invalidate(self, resumable: bool = False) -> None:
        """Tell every client its session is invalid (op 9); not `resumable` ones must identify anew."""
        if not resumable:
            self.sessions.clear()
        for connection in list(self.connections):
            await connection.send(9, resumable)

    async def replay(self, last: int) -> int:
        """Send the last events once more, as Discord does after some resumes; how many were sent."""
        return self.registry.repeat(last)
