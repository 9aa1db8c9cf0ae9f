"""The web application: which address belongs to what."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

from sandbox.page.api import PageApi
from sandbox.page.page_socket import PageSocket
from sandbox.rest.api import Api
from sandbox.services import Services
from sandbox.state.files import FileStore

PAGE = Path(__file__).parent / "page" / "static"
BODY_LIMIT = 128 * 1024 * 1024
"""Bytes a request may have; single files are limited to Discord's size separately."""


def build_app(services: Services, page_socket: PageSocket) -> web.Application:
    """REST, gateway, page and its API in one application."""
    app = web.Application(client_max_size=BODY_LIMIT, middlewares=[only_same_origin])
    app.router.add_route("*", "/api/{tail:.*}", Api(services).handle)
    app.router.add_get("/gateway", services.gateway.handle)
    app.router.add_get("/gateway/", services.gateway.handle)
    app.router.add_get("/attachments/{channel}/{id}/{name}", _attachment(services.messages.files))
    app.router.add_get("/sandbox/api/live", page_socket.handle)
    PageApi(services).add_to(app.router)
    app.router.add_get("/", _page_file)
    app.router.add_get("/page/{name:.+}", _page_file)
    return app


@web.middleware
async def only_same_origin(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Other sites open in the newcomer's browser may not drive the sandbox."""
    origin = request.headers.get("Origin")
    if origin is not None and origin.split("://")[-1] != request.host:
        return web.json_response({"error": "forbidden", "message": "another origin"}, status=403)
    return await handler(request)


async def _page_file(request: web.Request) -> web.StreamResponse:
    """A file of the page, never cached: it changes with the checkout."""
    path = (PAGE / request.match_info.get("name", "index.html")).resolve()
    if not path.is_relative_to(PAGE.resolve()) or not path.is_file():
        raise web.HTTPNotFound
    return web.FileResponse(path, headers={"Cache-Control": "no-store"})


def _attachment(files: FileStore) -> Handler:
    async def serve(request: web.Request) -> web.Response:
        """An uploaded file, as it came."""
        key = request.match_info["id"]
        upload = files.get(int(key)) if key.isdecimal() else None
        if upload is None:
            raise web.HTTPNotFound
        kind = upload.content_type or "application/octet-stream"
        headers = {
            "Content-Type": kind,
            "X-Content-Type-Options": "nosniff",
            "Access-Control-Allow-Origin": "*",
        }
        return web.Response(body=upload.data, headers=headers)

    return serve
