"""The sandbox serves this machine only: what other pages open in a browser may not do with it."""

from __future__ import annotations

from functools import lru_cache

from aiohttp import web
from aiohttp.typedefs import Handler

NAMES = ("127.0.0.1", "localhost", "[::1]")
DEFAULT_PORT = 80
OWN = ("same-origin", "none")
"""`Sec-Fetch-Site` of the sandbox's own page, and of an address typed in."""

JSON, FORM = "application/json", "multipart/form-data"


@web.middleware
async def only_this_machine(request: web.Request, handler: Handler) -> web.StreamResponse:
    """421 for a foreign name that leads here (rebinding), 403 for another site, 415 for a body that is no JSON."""
    if request.headers.get("Host") not in _own_names(_port(request)):
        return _refusal(421, "misdirected", "this address is not the sandbox's")
    if not _same_site(request):
        return _refusal(403, "forbidden", "another origin")
    if request.body_exists and not _readable(request):
        return _refusal(415, "unsupported_media_type", "a JSON body is needed")
    return await handler(request)


def _port(request: web.Request) -> int:
    """The port that the request came in by."""
    return request.transport.get_extra_info("sockname")[1] if request.transport is not None else 0


@lru_cache(maxsize=16)
def _own_names(port: int) -> frozenset[str]:
    """The names under which this machine reaches a port."""
    bare = NAMES if port == DEFAULT_PORT else ()
    return frozenset((*bare, *(f"{name}:{port}" for name in NAMES)))


def _same_site(request: web.Request) -> bool:
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site", "none")
    own_api = not request.path.startswith("/sandbox/") or site in OWN
    return own_api and origin in (None, f"http://{request.headers.get('Host')}")


def _readable(request: web.Request) -> bool:
    """Bodies that a form of another site can't send: JSON; files only where bots send them."""
    return request.content_type == JSON or (request.content_type == FORM and request.path.startswith("/api/"))


def _refusal(status: int, error: str, message: str) -> web.Response:
    return web.json_response({"error": error, "message": message}, status=status)
