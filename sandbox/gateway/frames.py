"""What a client sends on the gateway: frames within Discord's limits, and the shape of what is in them."""

import asyncio
import json
from collections import deque
from typing import Any

HEARTBEAT, IDENTIFY, PRESENCE, VOICE_STATE, RESUME = 1, 2, 3, 4, 6
REQUEST_MEMBERS, INVALID_SESSION, HELLO, HEARTBEAT_ACK = 8, 9, 10, 11
FRAME_LIMIT = 4096
"""Bytes a client's frame may have."""

SENDS, SENDS_WINDOW = 120, 60.0
"""A client may send 120 frames in 60 s; beyond, Discord closes with 4008."""


class Closing(Exception):  # noqa: N818 - the protocol closes, nothing is in error
    """The client broke a rule; `code` says which."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class FrameReader:
    """Reads one client's frames, as many as it may send."""

    def __init__(self) -> None:
        self._received: deque[float] = deque(maxlen=SENDS)

    def read(self, text: str) -> tuple[int, Any]:
        """Return a frame's opcode and data; `Closing` for what Discord closes a connection for."""
        self._count()
        if len(text.encode()) > FRAME_LIMIT:
            raise Closing(4002)
        try:
            frame = json.loads(text)
            return frame["op"], frame.get("d")
        except (ValueError, KeyError, TypeError, AttributeError):
            raise Closing(4002) from None

    def _count(self) -> None:
        now = asyncio.get_running_loop().time()
        if len(self._received) == SENDS and now - self._received[0] < SENDS_WINDOW:
            raise Closing(4008)
        self._received.append(now)


def integer(value: Any) -> int:
    """Return a whole number; `Closing` for anything else."""
    if not isinstance(value, int):
        raise Closing(4002)
    return value


def shard(value: Any) -> tuple[int, int]:
    """Return which shard of how many; `Closing` for anything else."""
    if not isinstance(value, list) or len(value) != 2:
        raise Closing(4002)
    return integer(value[0]), integer(value[1])


def table(data: Any) -> dict[str, Any]:
    """Return an object; `Closing` for anything else."""
    if not isinstance(data, dict):
        raise Closing(4002)
    return data
