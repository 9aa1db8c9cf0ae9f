"""`sandbox`: a Discord on this machine, for a bot of one's own."""

import argparse
import asyncio

from bot.app import start_sandbox
from bot.cli import output
from bot.cli.context import Context
from bot.cli.stop_event import stop_event


def execute(options: argparse.Namespace, context: Context) -> int:
    """Serve until SIGTERM or SIGINT."""
    asyncio.run(_serve(options.port, context))
    return 0


async def _serve(port: int, context: Context) -> None:
    stop = stop_event()
    async with start_sandbox(port) as sandbox:
        output.say(context.t("run.sandbox", url=sandbox.page_url))
        shown = {"api": sandbox.api_root, "token": sandbox.token}
        output.say(context.t("run.sandbox_alone", **shown))
        await stop.wait()
