"""The sandbox: one HTTP server on loopback with Discord's REST API, its gateway and a page for people."""

from __future__ import annotations

import secrets
from collections import deque

from aiohttp import web

from sandbox.application import build_app
from sandbox.page.page_socket import PageSocket
from sandbox.services import RecordedRequest, Services
from sandbox.state import seed
from sandbox.state.app_identity import AppIdentity
from sandbox.state.clock import Clock

LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Sandbox:
    """A Discord for one machine. `world` is what exists; `post_message`, `command`, `press`… are what people do.

    `faults` and `gateway` misbehave on demand; `limits` are the rate limits in force; `requests` the
    bot's last REST requests.
    """

    def __init__(
        self,
        token: str | None = None,
        app: AppIdentity | None = None,
        clock: Clock | None = None,
    ) -> None:
        token = token or f"sandbox.{secrets.token_urlsafe(24)}"
        services = Services.assemble(token, app or AppIdentity(), clock or Clock())
        self.services = services
        self.token, self.world, self.files = services.token, services.world, services.messages.files
        self.faults, self.limits, self.gateway = services.faults, services.limits, services.gateway
        self.clock = services.world.clock
        self.commands, self.interaction_sessions = services.commands, services.sessions
        self.page_socket = PageSocket(services.world)
        self._runner: web.AppRunner | None = None
        self._offer_what_people_do()
        seed.plant(services.world, services.messages)

    def _offer_what_people_do(self) -> None:
        people, writing = self.services.people, self.services.writing
        self.post_message, self.rewrite, self.remove = writing.post_message, writing.rewrite, writing.remove
        self.dm, self.typing, self.post, self.proxy = writing.dm, writing.typing, writing.post, writing.proxy
        self.forward, self.poll = writing.forward, writing.poll
        self.voice, self.sticker = writing.voice, writing.sticker
        self.command, self.context_menu, self.autocomplete = people.command, people.context_menu, people.autocomplete
        self.press, self.choose, self.submit = people.press, people.choose, people.submit

    @classmethod
    async def start(
        cls,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        token: str | None = None,
        app: AppIdentity | None = None,
        clock: Clock | None = None,
    ) -> Sandbox:
        """A running, seeded sandbox on loopback; port 0 takes any free one.

        OSError when the port is taken, ValueError for a host that others could reach.
        """
        if host not in LOOPBACK:
            raise ValueError(f"the sandbox serves this machine only: {', '.join(LOOPBACK)}")
        sandbox = cls(token, app, clock)
        await sandbox._listen(host, port)
        return sandbox

    @property
    def api_root(self) -> str:
        """The REST root, `http://127.0.0.1:PORT/api/v10`."""
        return self.services.api_root

    @property
    def page_url(self) -> str:
        """The page's address."""
        return f"{self.services.base_url}/"

    @property
    def requests(self) -> deque[RecordedRequest]:
        """The bot's last REST requests, oldest first."""
        return self.services.requests

    @property
    def invalid_requests(self) -> int:
        """How many requests were answered 401, 403 or 429 (scope `shared` not counted)."""
        return self.services.invalid_requests

    async def wait_for_bot(self, timeout: float = 30.0) -> None:  # noqa: ASYNC109
        """Return once the bot is connected on all its shards; TimeoutError after `timeout` seconds."""
        await self.gateway.wait_ready(timeout)

    async def stop(self) -> None:
        """Close every connection and the server."""
        self.interaction_sessions.close()
        await self.gateway.close()
        await self.page_socket.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _listen(self, host: str, port: int) -> None:
        app = build_app(self.services, self.page_socket)
        runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=1.0)
        await runner.setup()
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError:
            await runner.cleanup()
            raise
        self._runner = runner
        bound = runner.addresses[0][1]
        shown = f"[{host}]" if ":" in host else host
        self.services.base_url = self.files.base_url = f"http://{shown}:{bound}"
        self.gateway.registry.gateway_url = f"ws://{shown}:{bound}/gateway"
