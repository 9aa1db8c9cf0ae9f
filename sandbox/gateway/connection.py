"""One client's socket on the gateway: HELLO, heartbeats, IDENTIFY or RESUME, then events."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

from aiohttp import WSMsgType, web

from sandbox.gateway.admission import Admission
from sandbox.gateway.frames import (
    HEARTBEAT,
    HEARTBEAT_ACK,
    HELLO,
    IDENTIFY,
    INVALID_SESSION,
    PRESENCE,
    REQUEST_MEMBERS,
    RESUME,
    VOICE_STATE,
    Closing,
    FrameReader,
    integer,
    table,
)
from sandbox.gateway.session import Session, encode
from sandbox.gateway.sessions import Sessions
from sandbox.state.credentials import Credentials
from sandbox.state.members import member_chunks
from sandbox.state.snowflakes import parse

ACK_AFTER = 0.02
"""Seconds, as a network takes: discord.py notes when it sent a heartbeat only after sending it, and an answer that
comes before that makes it warn of a connection a whole heartbeat behind."""


class Connection:
    """A socket and the session it serves, once identified. `heartbeat_interval` is in milliseconds."""

    def __init__(
        self,
        sessions: Sessions,
        socket: web.WebSocketResponse,
        transport: asyncio.Transport | None,
        credentials: Credentials,
        heartbeat_interval: int,
    ) -> None:
        self.sessions = sessions
        self._admission = Admission(sessions, credentials)
        self.heartbeat_interval = heartbeat_interval
        self.socket = socket
        self.transport = transport
        self.session: Session | None = None
        self._pump: asyncio.Task[None] | None = None
        self._frames = FrameReader()

    async def run(self) -> None:
        """Serve until either side closes."""
        await self.send(HELLO, {"heartbeat_interval": self.heartbeat_interval, "_trace": ["sandbox"]})
        try:
            await self._listen()
        except Closing as reason:
            await self.close(reason.code)
        except TimeoutError:  # two heartbeats missed
            await self.close(4009)
        finally:
            await self._leave()

    async def send_raw(self, text: str) -> None:
        """Send a frame as it is."""
        with contextlib.suppress(ConnectionError):
            await self.socket.send_str(text)

    async def send(self, op: int, data: Any) -> None:
        """Send a frame that is no event."""
        await self.send_raw(encode({"op": op, "d": data, "s": None, "t": None}))

    async def close(self, code: int) -> None:
        """Close with a code; 4000 and above tell the client what it did."""
        with contextlib.suppress(ConnectionError):
            await self.socket.close(code=code)

    def abort(self) -> None:
        """Cut the connection as a lost network would."""
        if self.transport is not None:
            self.transport.abort()

    async def _listen(self) -> None:
        patience = self.heartbeat_interval / 1000 * 2
        while True:
            message = await self.socket.receive(timeout=patience)
            if message.type is WSMsgType.TEXT:
                await self._obey(*self._frames.read(message.data))
            elif message.type is WSMsgType.BINARY:
                raise Closing(4002)
            else:
                return

    async def _obey(self, op: int, data: Any) -> None:
        if op == HEARTBEAT:
            await asyncio.sleep(ACK_AFTER)
            await self.send(HEARTBEAT_ACK, None)
        elif op in (IDENTIFY, RESUME):
            if self.session is not None:
                raise Closing(4005)
            await (self._identify if op == IDENTIFY else self._resume)(table(data))
        elif op not in (PRESENCE, VOICE_STATE, REQUEST_MEMBERS):
            raise Closing(4001)
        elif self.session is None:
            raise Closing(4003)
        elif op == REQUEST_MEMBERS:
            self._send_members(self.session, table(data))

    async def _identify(self, data: dict[str, Any]) -> None:
        self._admission.check_token(data)
        wanted = self._admission.check(data)
        if self.sessions.start_limit.too_fast(wanted.shard[0]):
            await self.send(INVALID_SESSION, False)
            return
        self._serve(self.sessions.open(wanted.shard, wanted.intents))

    async def _resume(self, data: dict[str, Any]) -> None:
        self._admission.check_token(data)
        session = self.sessions.by_id.get(str(data.get("session_id")))
        if session is not None and session.cut is not None:  # it leaves the connection it may still hang on
            session.cut()
        if session is None or session.lost or not session.rewind(integer(data.get("seq") or 0)):
            await self.send(INVALID_SESSION, False)
            return
        self.sessions.resumes += 1
        session.dispatch("RESUMED", encode({"_trace": ["sandbox"]}))
        self._serve(session)

    def _release(self) -> None:
        """Serve the session no more: another connection does, or none may."""
        if self._pump is not None:
            self._pump.cancel()
        if self.session is not None:
            self.session.detach()
        self.session = None
        self.abort()

    def _serve(self, session: Session) -> None:
        self.session = session
        session.connected, session.cut = True, self._release
        session.wake.set()
        self._pump = asyncio.create_task(self._send_events(session))
        self.sessions.changed()

    async def _send_events(self, session: Session) -> None:
        """Send what the session queues, in order; a frame lost with the socket comes with the resume."""
        with contextlib.suppress(ConnectionError):
            while True:
                while frame := session.take():
                    await self.socket.send_str(frame.text())
                session.wake.clear()
                await session.wake.wait()

    async def _leave(self) -> None:
        if self._pump is not None:
            self._pump.cancel()
            await asyncio.wait([self._pump])
        if self.session is None:
            return
        self.session.detach()
        if self.socket.close_code in (1000, 1001):  # a client that says goodbye gives its session up
            self.sessions.forget(self.session)

    def _send_members(self, session: Session, data: dict[str, Any]) -> None:
        """Answer REQUEST_GUILD_MEMBERS with chunks of 1000."""
        guild_id = data.get("guild_id")
        key = parse(guild_id[0] if isinstance(guild_id, list) and guild_id else guild_id)
        guild = self.sessions.world.guilds.get(key or 0)
        if guild is not None:
            for chunk in member_chunks(guild, data):
                session.dispatch("GUILD_MEMBERS_CHUNK", encode(chunk))
