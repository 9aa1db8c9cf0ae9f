"""The page's live socket: what happens, to those who may see it."""

from __future__ import annotations

import asyncio
import contextlib

from aiohttp import web

from sandbox.gateway.session import encode
from sandbox.state.events import PageEvent
from sandbox.state.models import User
from sandbox.state.world import World

QUEUED = 2000
"""News waiting for a slow page before it is cut off (it reloads then)."""


class Reader:
    """One open page, looking through one user's eyes."""

    def __init__(self, user: User, socket: web.WebSocketResponse) -> None:
        self.user = user
        self.socket = socket
        self.queue: asyncio.Queue[str | None] = asyncio.Queue(QUEUED)

    def push(self, text: str) -> bool:
        """Queue news; False when the page is too slow."""
        try:
            self.queue.put_nowait(text)
        except asyncio.QueueFull:
            return False
        return True

    async def send(self) -> None:
        """Send what is queued until told to stop (None)."""
        with contextlib.suppress(ConnectionError):
            while (text := await self.queue.get()) is not None:
                await self.socket.send_str(text)


class PageSocket:
    """All open pages."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._readers: set[Reader] = set()
        world.bus.on_page.append(self.publish)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """A page opens its socket; nothing it sends is of interest."""
        try:
            user = self.world.user(request.query.get("user", ""))
        except KeyError:
            return web.json_response({"error": "unknown_user", "message": "no such user"}, status=404)
        socket = web.WebSocketResponse(heartbeat=30.0)
        await socket.prepare(request)
        reader = Reader(user, socket)
        self._readers.add(reader)
        sending = asyncio.create_task(reader.send())
        try:
            async for _ in socket:
                pass
        finally:
            self._readers.discard(reader)
            sending.cancel()
            await asyncio.wait([sending])
        return socket

    def publish(self, event: PageEvent) -> None:
        """Tell the readers concerned."""
        for reader in list(self._readers):
            if self._concerns(event, reader.user):
                text = encode({"t": event.t, "d": event.render(reader.user.id)})
                if not reader.push(text):
                    self._cut(reader)

    async def close(self) -> None:
        """Close every page's socket: the sandbox stops."""
        for reader in list(self._readers):
            await reader.socket.close(code=1001)

    def _concerns(self, event: PageEvent, user: User) -> bool:
        if event.only is not None and event.only != user.id:
            return False
        return event.channel is None or self.world.can_see(user, event.channel)

    def _cut(self, reader: Reader) -> None:
        self._readers.discard(reader)
        while not reader.queue.empty():
            reader.queue.get_nowait()
        reader.queue.put_nowait(None)
