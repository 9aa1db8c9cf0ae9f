"""A gateway session: what it asked for, what it was sent, what it still has to be sent."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

REPLAY_LIMIT = 10_000
"""Events kept for a RESUME; a client further behind must identify anew."""

UNSENT_LIMIT = 50_000
"""Events waiting for a connected client that reads too slowly, before its session is given up."""

LIFETIME = 180.0
"""Seconds a session outlives its connection."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A numbered dispatch, its data already encoded (sessions of several shards share the text)."""

    seq: int
    name: str
    body: str

    def text(self) -> str:
        """The frame as it goes over the wire."""
        return f'{{"op":0,"t":"{self.name}","s":{self.seq},"d":{self.body}}}'


class Session:
    """One shard's session. It goes on numbering and keeping events while its client is away.

    `cut` ends the connection that serves it, None while there is none; `absent` are guilds READY named (or
    should have named) and GUILD_CREATE hasn't brought yet.
    """

    def __init__(self, shard: tuple[int, int], intents: int) -> None:
        self.id = secrets.token_hex(16)
        self.shard = shard
        self.intents = intents
        self.seq = 0
        self.connected = False
        self.left_at = 0.0
        self.wake = asyncio.Event()
        self.cut: Callable[[], None] | None = None
        self.absent: set[int] = set()
        self._sent: deque[Frame] = deque(maxlen=REPLAY_LIMIT)
        self._unsent: deque[Frame] = deque()

    @property
    def lost(self) -> bool:
        """Whether it fell too far behind, or was left too long ago, to be resumed."""
        if self.connected:
            return len(self._unsent) > UNSENT_LIMIT
        late = time.monotonic() - self.left_at > LIFETIME
        return late or len(self._unsent) > REPLAY_LIMIT

    def dispatch(self, name: str, body: str) -> None:
        """Number an event and queue it."""
        self.seq += 1
        self._unsent.append(Frame(self.seq, name, body))
        self.wake.set()

    def take(self) -> Frame | None:
        """The next event to send, kept for a replay; None when all is sent."""
        if not self._unsent:
            return None
        frame = self._unsent.popleft()
        self._sent.append(frame)
        return frame

    def detach(self) -> None:
        """Its connection is gone."""
        self.connected, self.cut = False, None
        self.left_at = time.monotonic()

    def rewind(self, seq: int) -> bool:
        """Queue again everything after `seq`; False when that is no longer possible."""
        oldest = self._sent[0].seq if self._sent else self.seq + 1
        if seq > self.seq or (self._sent and seq < oldest - 1):
            return False
        while self._sent and self._sent[-1].seq > seq:
            self._unsent.appendleft(self._sent.pop())
        return True

    def repeat(self, count: int) -> int:
        """Dispatch the last `count` events once more under new numbers; returns how many.

        The events that set a session up (READY, RESUMED, GUILD_CREATE) are never among them.
        """
        setup = ("READY", "RESUMED", "GUILD_CREATE")
        past = [frame for frame in (*self._sent, *self._unsent) if frame.name not in setup]
        again = past[-count:] if count > 0 else []
        for frame in again:
            self.dispatch(frame.name, frame.body)
        return len(again)


def encode(data: object) -> str:
    """JSON without spaces."""
    return json.dumps(data, separators=(",", ":"), ensure_ascii=False)
