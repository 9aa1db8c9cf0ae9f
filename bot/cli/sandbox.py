"""`sandbox`: a Discord on this machine, for a bot of one's own."""

import argparse
import asyncio

from bot.app import start_sandbox, stop_signal
from bot.cli.context import Context


def execute(options: argparse.Namespace, context: Context) -> int:
    """Serve until SIGTERM or SIGINT."""
    asyncio.run(_serve(options.port, context))
    return 0


async def _serve(port: int, context: Context) -> None:
    stop = stop_signal()
    async with start_sandbox(port) as sandbox:
        print(context.t("run.sandbox", url=sandbox.page_url), flush=True)
        shown = {"api": sandbox.api_root, "token": sandbox.token}
        print(context.t("run.sandbox_alone", **shown), flush=True)
        await stop.wait()
