"""The web application: which address belongs to what."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

from sandbox.page.api import PageApi
from sandbox.page.browser_guard import only_this_machine
from sandbox.page.page_socket import PageSocket
from sandbox.rest.api import Api
from sandbox.services import Services
from sandbox.state.files import FileStore
from sandbox.state.snowflakes import parse

PAGE = Path(__file__).parent / "page" / "static"
BODY_LIMIT = 128 * 1024 * 1024
"""Bytes a request may have; single files are limited to Discord's size separately."""

RASTER = {"image/png", "image/jpeg", "image/gif", "image/webp"}
"""Uploads shown as what they are; all others are downloads, whatever they say of themselves."""

PAGE_HEADERS = {
    "Cache-Control": "no-store",  # it changes with the checkout
    "Content-Security-Policy": "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}


def build_app(services: Services, page_socket: PageSocket) -> web.Application:
    """REST, gateway, page and its API in one application."""
    app = web.Application(client_max_size=BODY_LIMIT, middlewares=[only_this_machine])
    app.router.add_route("*", "/api/{tail:.*}", Api(services).handle)
    app.router.add_get("/gateway", services.gateway.handle)
    app.router.add_get("/gateway/", services.gateway.handle)
    app.router.add_get("/attachments/{channel}/{id}/{name}", _attachment(services.messages.files))
    app.router.add_get("/sandbox/api/live", page_socket.handle)
    PageApi(services).add_to(app.router)
    app.router.add_get("/", _page_file)
    app.router.add_get("/page/{name:.+}", _page_file)
    return app


async def _page_file(request: web.Request) -> web.StreamResponse:
    """A file of the page, by a name in its folder."""
    files = {path.name: path for path in PAGE.iterdir()}
    path = files.get(request.match_info.get("name", "index.html"))
    if path is None:
        raise web.HTTPNotFound
    return web.FileResponse(path, headers=PAGE_HEADERS)


def _attachment(files: FileStore) -> Handler:
    async def serve(request: web.Request) -> web.Response:
        """An uploaded file: never anything that a browser would run."""
        key = parse(request.match_info["id"])
        upload = None if key is None else files.get(key)
        if upload is None:
            raise web.HTTPNotFound
        picture = upload.content_type in RASTER
        headers = {
            "Content-Type": str(upload.content_type) if picture else "application/octet-stream",
            "Content-Disposition": "inline" if picture else "attachment",
            "Content-Security-Policy": "sandbox",
            "X-Content-Type-Options": "nosniff",
        }
        return web.Response(body=upload.data, headers=headers)

    return serve
