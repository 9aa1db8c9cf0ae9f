"""The gateway's network side: who is connected, and how to disturb them."""

from __future__ import annotations

from aiohttp import web

from sandbox.gateway.connection import Connection
from sandbox.gateway.session import Session
from sandbox.gateway.sessions import Sessions
from sandbox.state.credentials import Credentials

FINAL = (4004, 4010, 4011, 4012, 4013, 4014)
"""Close codes after which a client must not come back by itself."""


class Gateway:
    """Serves `/gateway`. `accepting` False turns clients away (503).

    `start_limit` and `shards` are what `/gateway/bot` says.
    """

    def __init__(self, registry: Sessions, credentials: Credentials) -> None:
        self.registry = registry
        self.credentials = credentials
        self.start_limit = registry.start_limit
        self.shards = 1
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
        date = {"Date": self.registry.world.clock.http_date()}
        if not self.accepting:
            return web.Response(status=503, headers=date)
        socket = web.WebSocketResponse(max_msg_size=1 << 20)
        socket.headers.update(date)  # else it would be the machine's
        await socket.prepare(request)
        connection = Connection(self.registry, socket, request.transport, self.credentials, self.heartbeat_interval)
        self.connections.add(connection)
        try:
            await connection.run()
        finally:
            self.connections.discard(connection)
            self.registry.changed()
        return socket

    async def close_all(self, code: int) -> None:
        """Close every connection with a code; 4004 and 4010 to 4014 are final, so the sessions are lost too."""
        if code in FINAL:
            self.sessions.clear()
        for connection in list(self.connections):
            await connection.close(code)

    async def revoke_token(self) -> None:
        """The token is worth nothing from now on: connections are closed with 4004, REST answers 401."""
        self.credentials.revoked = True
        await self.close_all(4004)

    def restore_token(self) -> None:
        """The token is good again."""
        self.credentials.revoked = False

    async def send_raw(self, text: str) -> None:
        """Send every client a frame as it is, JSON or not."""
        for connection in list(self.connections):
            await connection.send_raw(text)

    async def close(self) -> None:
        """Turn everyone out: the sandbox stops."""
        self.accepting = False
        self.registry.arrivals.close()
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
