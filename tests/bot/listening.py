"""Watches, all along, in which servers some session of the bot's hears what is written."""

import asyncio
import time
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager

from sandbox import Sandbox
from sandbox.gateway.session import Session

LOOK_SECONDS = 0.05


class Listening:
    """What was seen since the servers were first heard: for how long none of a server's sessions was there."""

    def __init__(self, sandbox: Sandbox, guild_ids: Collection[int]) -> None:
        self._sandbox, self._guild_ids = sandbox, guild_ids
        self._heard_at: dict[int, float] = {}
        self.longest_silence = 0.0
        """Seconds in which one server wasn't heard, at the most."""
        self.nobody = False
        """Whether there was a moment without any session."""

    def connected(self, count: int) -> list[int]:
        """Return the shards, of so many, that have a session now: twice where two processes have one."""
        return sorted(one.shard[0] for one in self._sessions() if one.shard[1] == count)

    def look(self) -> None:
        """See who is heard now."""
        now, sessions = time.monotonic(), self._sessions()
        self.nobody |= bool(self._heard_at) and not sessions
        for guild_id in self._guild_ids:
            self.longest_silence = max(self.longest_silence, now - self._heard_at.get(guild_id, now))
            if any((guild_id >> 22) % count == shard for shard, count in (one.shard for one in sessions)):
                self._heard_at[guild_id] = now

    def _sessions(self) -> list[Session]:
        return [one for one in self._sandbox.gateway.sessions.values() if one.connected]


@asynccontextmanager
async def watched(sandbox: Sandbox, guild_ids: Collection[int]) -> AsyncIterator[Listening]:
    """Look until the block ends."""
    seen = Listening(sandbox, guild_ids)

    async def look_on() -> None:
        while True:
            seen.look()
            await asyncio.sleep(LOOK_SECONDS)

    task = asyncio.create_task(look_on())
    try:
        yield seen
    finally:
        task.cancel()
