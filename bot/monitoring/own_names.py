"""Answers by this machine's own names alone, so that no page in a browser reads us by a name that it rebinds."""

from aiohttp import web
from aiohttp.typedefs import Handler

NAMES = ("127.0.0.1", "localhost", "[::1]")


@web.middleware
async def only_this_machine(request: web.Request, handler: Handler) -> web.StreamResponse:
    """421 for any other name, or another port than the one that the request came in by."""
    port = request.transport.get_extra_info("sockname")[1] if request.transport is not None else 0
    if request.headers.get("Host") not in {f"{name}:{port}" for name in NAMES}:
        return web.Response(status=421, text="this address is not the bot's\n")
    return await handler(request)
