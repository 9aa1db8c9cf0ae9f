"""`sandbox`: a Discord on this machine, for a bot of one's own."""

import argparse
import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.cli import output
from bot.cli.context import Context
from bot.cli.stop_event import stop_event
from bot.errors import UserError
from sandbox import AppIdentity, Sandbox

MAX_PORT = 65535
APP = AppIdentity("Empreinte", "empreinte", first_command="footprint", api_variable="EMPREINTE_DISCORD_API")
"""Who the bot is there."""


def execute(options: argparse.Namespace, context: Context) -> int:
    """Serve until SIGTERM or SIGINT."""
    asyncio.run(_serve(options.port, context))
    return 0


@asynccontextmanager
async def start_sandbox(port: int) -> AsyncIterator[Sandbox]:
    """Serve the sandbox on loopback; `UserError` when the port can't be had."""
    if not 0 <= port <= MAX_PORT:  # uvloop would quietly take another one
        raise UserError("error.port", port=port)
    try:
        sandbox = await Sandbox.start(port=port, app=APP)
    except OSError as error:
        raise UserError("error.port", port=port) from error
    try:
        yield sandbox
    finally:
        await sandbox.stop()


async def _serve(port: int, context: Context) -> None:
    stop = stop_event()
    async with start_sandbox(port) as sandbox:
        output.say(context.t("run.sandbox", url=sandbox.page_url))
        shown = {"api": sandbox.api_root, "token": sandbox.token}
        output.say(context.t("run.sandbox_alone", **shown))
        await stop.wait()
