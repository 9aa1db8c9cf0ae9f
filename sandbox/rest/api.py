"""The way of a REST request: misbehaviour, token, rate limit, handler, record."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from typing import Any

from aiohttp import web

from sandbox.errors import DiscordError, not_found, unauthorized
from sandbox.rest import bodies
from sandbox.rest.core import Context, Reply, Route, Router
from sandbox.rest.routes import ROUTES
from sandbox.services import RecordedRequest, Services
from sandbox.state.faults import Fault, Faults

PREFIX = "/api/v10"
MAJOR = ("channel_id", "guild_id", "webhook_id", "token")
INVALID = (401, 403, 429)
"""The statuses of which 10,000 in ten minutes bar an address from Discord."""

_log = logging.getLogger(__name__)


class Answer:
    """A status, a body (JSON, a page of HTML as a string, None for none) and headers."""

    def __init__(self, status: int, body: Any = None, headers: dict[str, str] | None = None) -> None:
        self.status = status
        self.body = body
        self.headers = headers or {}

    def response(self) -> web.Response:
        """The HTTP answer; its content type is exactly `application/json`."""
        if self.status == 204:
            return web.Response(status=204, headers=self.headers)
        if isinstance(self.body, str):
            return web.Response(status=self.status, text=self.body, content_type="text/html", headers=self.headers)
        raw = json.dumps(self.body, separators=(",", ":")).encode()
        return web.Response(status=self.status, body=raw, content_type="application/json", headers=self.headers)


class Api:
    """Answers everything under `/api`."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self._router = Router(ROUTES)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One request, recorded with its status."""
        path = request.rel_url.raw_path.removeprefix(PREFIX)
        started = time.monotonic()
        context = Context(self.services, {}, dict(request.query))
        answer = await self._misbehave_or(request, path, context)
        answer.headers["Date"] = self.services.world.clock.http_date()
        fields = context.file_fields
        record = RecordedRequest(
            request.method, path, dict(request.query), context.body, fields, answer.status, started
        )
        self.services.requests.append(record)
        shared = answer.headers.get("X-RateLimit-Scope") == "shared"
        self.services.invalid_requests += answer.status in INVALID and not shared
        return answer.response()

    async def _misbehave_or(self, request: web.Request, path: str, context: Context) -> Answer:
        try:
            context.body, context.uploads = await bodies.read(request)
        except DiscordError as error:
            return Answer(error.status, error.body)
        fault = self.services.faults.match(request.method, path)
        if fault is None:
            return await self._answer(request, path, context)
        return await self._misbehave(fault, request, path, context)

    async def _misbehave(self, fault: Fault, request: web.Request, path: str, context: Context) -> Answer:
        if fault.delay:
            await asyncio.sleep(fault.delay)
        if not fault.fails:
            return await self._answer(request, path, context)
        if fault.after:
            await self._answer(request, path, context)
        return Answer(*Faults.response_for(fault))

    async def _answer(self, request: web.Request, path: str, context: Context) -> Answer:
        headers: dict[str, str] = {}
        try:
            route = self._route(request, path, context)
            verdict = self.services.limits.acquire(route.key, _major(context), self.services.world.clock.time())
            headers = verdict.headers
            if not verdict.allowed:
                wait = round(verdict.retry_after, 3)
                body = {
                    "message": "You are being rate limited.",
                    "retry_after": wait,
                    "global": verdict.is_global,
                }
                return Answer(429, body, headers)
            result = await route.handler(context)
        except DiscordError as error:
            return Answer(error.status, error.body, headers)
        except Exception:  # noqa: BLE001 - a server answers 500 whatever went wrong
            _log.exception("the sandbox failed on %s %s", request.method, path)
            return Answer(500, {"message": "500: Internal Server Error", "code": 0}, headers)
        if isinstance(result, Reply):
            return Answer(result.status, result.data, headers)
        return Answer(204 if result is None else 200, result, headers)

    def _route(self, request: web.Request, path: str, context: Context) -> Route:
        found = self._router.find(request.method, path) if request.path.startswith(PREFIX) else None
        if found is None:
            raise not_found()
        route, context.parts = found
        if route.auth and not self.services.credentials.accept(request.headers.get("Authorization", "")):
            raise unauthorized()
        return route


def _major(context: Context) -> str:
    return "/".join(context.parts[name] for name in MAJOR if name in context.parts)
