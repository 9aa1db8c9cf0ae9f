"""A gateway client of a few lines, for what discord.py would hide."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from sandbox import Sandbox

Json = dict[str, Any]
ALL = (1 << 15) | (1 << 9) | 1


class RawClient:
    """Identified; `frames` are what came, in order; `text` those that weren't JSON."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self.frames: list[Json] = []
        self.text: list[str] = []

    async def listen(self) -> None:
        async for message in self.socket:
            try:
                self.frames.append(message.json())
            except ValueError:
                self.text.append(message.data)

    def events(self, name: str) -> list[Json]:
        return [frame["d"] for frame in self.frames if frame["t"] == name]

    async def hears(self, name: str, count: int = 1, seconds: float = 60.0) -> list[Json]:
        async with asyncio.timeout(seconds):
            while len(found := self.events(name)) < count:
                await asyncio.sleep(0.01)
        return found

    async def closed(self, seconds: float = 60.0) -> int | None:
        async with asyncio.timeout(seconds):
            while not self.socket.closed:
                await asyncio.sleep(0.01)
        return self.socket.close_code


@asynccontextmanager
async def connected(sandbox: Sandbox, intents: int = ALL, **identify: Any) -> AsyncIterator[RawClient]:
    async with aiohttp.ClientSession() as session, session.ws_connect(sandbox.gateway.url) as socket:
        client = RawClient(socket)
        listening = asyncio.create_task(client.listen())
        await socket.send_json({"op": 2, "d": {"token": sandbox.token, "intents": intents, **identify}})
        yield client
        listening.cancel()
        await asyncio.wait([listening])


async def rest(sandbox: Sandbox, path: str, method: str = "GET", **more: Any) -> tuple[int, Any, dict[str, str]]:
    """Status, body (decoded where it is JSON) and headers of a request with the bot's token."""
    headers = {"Authorization": f"Bot {sandbox.token}"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.request(method, sandbox.api_root + path, **more) as answer,
    ):
        json = answer.content_type == "application/json"
        return answer.status, await (answer.json() if json else answer.text()), dict(answer.headers)
