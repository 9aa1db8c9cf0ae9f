"""Who may begin a session on the gateway, and with what."""

from typing import Any, NamedTuple

from sandbox.gateway import frames, intents
from sandbox.gateway.frames import Closing
from sandbox.gateway.sessions import Sessions
from sandbox.state.credentials import Credentials

GUILDS_PER_SHARD = 2500
"""Guilds a shard may have; beyond, Discord closes with 4011 (sharding required)."""


class Wanted(NamedTuple):
    """What IDENTIFY asks for: which shard of how many, and the intents."""

    shard: tuple[int, int]
    intents: int


class Admission:
    """Discord's rules for IDENTIFY and RESUME; `Closing` tells which was broken."""

    def __init__(self, sessions: Sessions, credentials: Credentials) -> None:
        self._sessions, self._credentials = sessions, credentials

    def check_token(self, data: dict[str, Any]) -> None:
        """Let in who knows the token."""
        if not self._credentials.accept(str(data.get("token", ""))):
            raise Closing(4004)
        if self._sessions.faults.refuse_identify is not None:
            raise Closing(self._sessions.faults.refuse_identify)

    def check(self, data: dict[str, Any]) -> Wanted:
        """Return what IDENTIFY asks for, if it may be had."""
        sessions = self._sessions
        (shard_id, count), wanted = frames.shard(data.get("shard") or [0, 1]), frames.integer(data.get("intents", 0))
        if not 0 <= shard_id < count:
            raise Closing(4010)
        if wanted & ~intents.KNOWN:
            raise Closing(4013)
        if wanted & intents.MESSAGE_CONTENT and sessions.faults.refuse_message_content:
            raise Closing(4014)
        if len(sessions.arrivals.on_shard((shard_id, count))) > GUILDS_PER_SHARD:
            raise Closing(4011)
        if sessions.start_limit.used_up:  # Discord resets the token of a bot that starts too often
            self._credentials.revoked = True
            raise Closing(4004)
        return Wanted((shard_id, count), wanted)
