"""Lets a frame of the gateway that can't be read cost a reconnect; with discord.py alone it ends the whole client."""

import asyncio
import logging
import time
from typing import Any
from weakref import WeakKeyDictionary

import aiohttp
import discord
from discord.gateway import DiscordWebSocket, ReconnectWebSocket, WebSocketClosure

from bot.client.malformed_events import UnreadableSession

log = logging.getLogger(__name__)

PATIENCE = 60.0
"""Seconds within which a second such frame of a shard means that resuming doesn't help."""

HANDLED = (ReconnectWebSocket, WebSocketClosure, discord.ConnectionClosed, OSError, aiohttp.ClientError, TimeoutError)
"""What discord.py knows what to do with."""

CLOSE_CODE = 4000
"""Any but 1000 and 1001 lets Discord keep the session, so that it can be resumed."""

_receive = DiscordWebSocket.received_message
_unreadable: WeakKeyDictionary[Any, dict[int | None, float]] = WeakKeyDictionary()
"""When each client's shards had such a frame last."""


def install() -> None:
    """Let discord.py's gateway connections receive frames by `received_message`."""
    DiscordWebSocket.received_message = received_message


async def received_message(socket: DiscordWebSocket, frame: Any, /) -> None:
    """Handle a frame. One that can't be read: resume, and the next time begin anew after a pause that grows.

    A session whose beginning can't be read can't be resumed either: nothing would be known of its servers.
    """
    try:
        await _receive(socket, frame)
    except HANDLED:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, a new connection mends it
        again, kind = _note(socket), type(error).__name__
        log.error("shard %s: a frame of the gateway can't be read (%s); reconnecting", socket.shard_id, kind)
        await _close(socket)
        if again or isinstance(error, UnreadableSession):
            # neither the frame nor the error's own words: both may hold what people wrote
            raise ConnectionError("a frame of the gateway can't be read") from None
        raise ReconnectWebSocket(socket.shard_id) from None


def _note(socket: DiscordWebSocket) -> bool:
    """Note such a frame; True when the one before is recent."""
    known, now = _unreadable.setdefault(socket._connection, {}), time.monotonic()  # noqa: SLF001
    last, known[socket.shard_id] = known.get(socket.shard_id), now
    return last is not None and now - last < PATIENCE


async def _close(socket: DiscordWebSocket) -> None:
    try:
        async with asyncio.timeout(5):
            await socket.close(CLOSE_CODE)
    except (OSError, aiohttp.ClientError):
        pass  # it is gone already
