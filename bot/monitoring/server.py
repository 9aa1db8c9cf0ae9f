"""Serves metrics and health on loopback, where the host set a port; nothing else, and to nobody else."""

import importlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.client.client import EmpreinteBot
from bot.errors import UserError
from bot.monitoring.health import STARTING, WELL, health
from bot.monitoring.own_names import only_this_machine
from bot.monitoring.state import Observer, State

HOST = "127.0.0.1"
MISSING = "pip install prometheus-client\n"
"""The answer where prometheus-client isn't installed: what to do about it."""


@asynccontextmanager
async def observed(bot: EmpreinteBot) -> AsyncIterator[None]:
    """Let the bot be seen from outside if its settings say so; `UserError` when the port can't be had."""
    if bot.settings.metrics_port is None:
        yield
        return
    observer = Observer(bot)
    runner = await _listen(build_app(observer.look), bot.settings.metrics_port)
    try:
        bot.tasks.start(observer.lag.run(), "loop lag")
        yield
    finally:
        await runner.cleanup()


@asynccontextmanager
async def seen_to_live(port: int | None) -> AsyncIterator[None]:
    """Let it be seen that the process lives while there is no bot, as it waits for its database or for Discord."""
    if port is None:
        yield
        return
    runner = await _listen(_app(("/healthz", _starting)), port)
    try:
        yield
    finally:
        await runner.cleanup()


def build_app(look: Callable[[], State]) -> web.Application:
    """Return the pages of a bot."""
    return _app(("/metrics", _metrics(look)), ("/healthz", _health(look)))


def _app(*pages: tuple[str, Handler]) -> web.Application:
    app = web.Application(middlewares=[only_this_machine])
    for path, handler in (*pages, ("/livez", _alive)):
        app.router.add_get(path, handler, allow_head=False)
    return app


async def _alive(_: web.Request) -> web.Response:
    """Answer, which a process that hangs doesn't: the only thing that starting it again would mend."""
    return web.json_response({"status": "alive"})


async def _starting(_: web.Request) -> web.Response:
    return web.json_response({"status": STARTING}, status=503)


async def _listen(app: web.Application, port: int) -> web.AppRunner:
    runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=1.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, HOST, port).start()
    except OSError as error:
        await runner.cleanup()
        raise UserError("error.metrics_port", port=port) from error
    return runner


def _metrics(look: Callable[[], State]) -> Handler:
    try:
        expose = importlib.import_module("bot.monitoring.metrics").exposition(look)
    except ImportError:
        expose = None

    async def answer(request: web.Request) -> web.Response:
        if expose is None:
            return web.Response(status=501, text=MISSING)
        body, content_type = expose(request.headers.get("Accept", ""))
        return web.Response(body=body, headers={"Content-Type": content_type})

    return answer


def _health(look: Callable[[], State]) -> Handler:
    async def answer(_: web.Request) -> web.Response:
        found = health(look())
        return web.json_response(found, status=200 if found["status"] in WELL else 503)

    return answer
