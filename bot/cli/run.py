"""`run`: the bot, on Discord with a token, in the sandbox without one."""

import argparse
import asyncio
import importlib
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

from pydantic import SecretStr

from bot.app import serve
from bot.cli import garbage, logs, output
from bot.cli.context import Context
from bot.cli.ledger_opening import open_when_there
from bot.cli.sandbox import start_sandbox
from bot.cli.stop_event import stop_event
from bot.client.client import EmpreinteBot
from bot.errors import UserError
from bot.ledger.lock import Lock, lock_path
from bot.monitoring.server import seen_to_live
from bot.presentation.translator import Catalogues
from bot.settings import Settings


def execute(options: argparse.Namespace, context: Context) -> int:
    """Run until SIGTERM, SIGINT or SIGHUP, then leave with status 0."""
    logs.set_up(context.settings.log)
    with asyncio.Runner(loop_factory=_fast_loop()) as runner:
        runner.run(_run(options.port, context))
    logs.tell_repeats()
    return 0


async def _run(port: int, context: Context) -> None:
    stop = stop_event()
    answers = context.estimates()
    answers.estimator.prepare(answers.estimator.models.default)
    catalogues = Catalogues.load(context.settings.config_dir)
    async with AsyncExitStack() as stack:
        settings = await stack.enter_async_context(_with_discord(port, context))
        _lock(settings.database, stack)
        async with seen_to_live(settings.metrics_port):
            ledger = await open_when_there(settings, stack, stop)
        if ledger is None:
            return

        def make_bot(message_content: bool) -> EmpreinteBot:
            bot = EmpreinteBot(settings, answers, catalogues, ledger, message_content=message_content)
            bot.add_listener(garbage.set_apart, "on_ready")
            return bot

        assert settings.discord_token is not None, "the sandbox brings its own"
        await serve(make_bot, settings.discord_token.get_secret_value(), stop, context.t)


def _lock(database: str, stack: AsyncExitStack) -> None:
    """Keep a second bot off a SQLite database until this one is gone, however it goes."""
    path = lock_path(database)
    if path is not None:
        stack.enter_context(Lock.acquire(path))


@asynccontextmanager
async def _with_discord(port: int, context: Context) -> AsyncIterator[Settings]:
    """Hand out settings with a token: the host's own, or the sandbox's, which then runs beside the bot."""
    settings = context.settings
    if settings.discord_token is not None:
        yield settings
        return
    if settings.discord_api is not None:
        raise UserError("error.no_token")
    async with start_sandbox(port) as sandbox:
        output.say(context.t("run.sandbox", url=sandbox.page_url))
        yield settings.model_copy(update={"discord_token": SecretStr(sandbox.token), "discord_api": sandbox.api_root})


def _fast_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """Return uvloop's event loop where it is installed, asyncio's own otherwise."""
    try:
        return importlib.import_module("uvloop").new_event_loop
    except ImportError:
        return None
