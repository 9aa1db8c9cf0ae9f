"""What the page asks and does, over HTTP."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from sandbox.interactions.refusals import Refused
from sandbox.page import faults_api, page_state
from sandbox.page.interactions_api import InteractionsApi
from sandbox.page.lookup import Lookup, read_body
from sandbox.page.messages_api import MessagesApi
from sandbox.services import Services
from sandbox.state.models import Json

Handler = Callable[[web.Request], Awaitable[Any]]
BASE = "/sandbox/api"


class PageApi:
    """Handlers under `/sandbox/api`. Refusals are 4xx with `{"error", "message"}`."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.look = Lookup(services.world)

    def add_to(self, router: web.UrlDispatcher) -> None:
        """Register the routes."""
        for method, path, handler in self._routes():
            router.add_route(method, BASE + path, _answered(handler))

    def _routes(self) -> list[tuple[str, str, Handler]]:
        messages = MessagesApi(self.services, self.look)
        interactions = InteractionsApi(self.services, self.look)
        return [
            ("GET", "/state", self.state),
            ("GET", "/messages", messages.history),
            ("POST", "/messages", messages.post_message),
            ("POST", "/forward", messages.forward),
            ("POST", "/poll", messages.poll),
            ("PATCH", "/messages/{channel}/{message}", messages.edit),
            ("DELETE", "/messages/{channel}/{message}", messages.delete),
            ("PUT", "/reactions", messages.react),
            ("POST", "/dismiss", messages.dismiss),
            ("POST", "/command", interactions.command),
            ("POST", "/autocomplete", interactions.autocomplete),
            ("POST", "/component", interactions.component),
            ("POST", "/modal", interactions.modal),
            ("POST", "/faults", self.faults),
        ]

    async def state(self, request: web.Request) -> Json:
        """Everything the page shows at its start."""
        user = self.look.user(request.query.get("user") or "camille")
        return page_state.state(self.services, user)

    async def faults(self, request: web.Request) -> Json:
        """The developer drawer: misbehave."""
        return await faults_api.apply(self.services, await read_body(request))


def _answered(handler: Handler) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            return web.json_response(await handler(request))
        except Refused as refused:
            status = 404 if refused.code.startswith("unknown") else 400
            return web.json_response({"error": refused.code, "message": refused.message}, status=status)

    return answer
