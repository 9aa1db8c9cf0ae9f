"""From start to stop: the client, the signals."""

import asyncio
import logging
import signal
from collections.abc import Callable

import aiohttp
import discord

from bot.client import discord_api
from bot.client.client import EmpreinteBot
from bot.errors import UserError
from bot.monitoring.server import observed
from bot.presentation.translator import Translator

log = logging.getLogger(__name__)

MakeBot = Callable[[bool], EmpreinteBot]
"""Makes a client with or without the message-content intent."""


def stop_signal() -> asyncio.Event:
    """Return an event that SIGTERM and SIGINT set, instead of ending the process at once."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    return stop


async def serve(make_bot: MakeBot, token: str, stop: asyncio.Event, words: Translator) -> None:
    """Run the client until `stop`; once more without message content where Discord refuses that.

    Raises `UserError` for a refused token, for a Discord that can't be reached and for a metrics port that
    can't be had.
    """
    try:
        await _seen_until(stop, make_bot(True), token)
    except discord.PrivilegedIntentsRequired:
        log.warning("%s", words("run.no_message_content"))
        await _seen_until(stop, make_bot(False), token)


async def _seen_until(stop: asyncio.Event, bot: EmpreinteBot, token: str) -> None:
    async with observed(bot):
        await _until(stop, bot, token)


async def _until(stop: asyncio.Event, bot: EmpreinteBot, token: str) -> None:
    discord_api.use_root(bot.settings.discord_api)
    running = asyncio.create_task(_start(bot, token), name="discord client")
    stopping = asyncio.create_task(stop.wait(), name="stop signal")
    try:
        await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            running.result()
    finally:
        stopping.cancel()
        await bot.close()
        running.cancel()
        await asyncio.gather(running, stopping, return_exceptions=True)


async def _start(bot: EmpreinteBot, token: str) -> None:
    try:
        async with bot:
            await bot.start(token)
    except discord.LoginFailure as error:
        raise UserError("error.token") from error
    except (aiohttp.ClientError, discord.GatewayNotFound, discord.DiscordServerError, OSError) as error:
        address = bot.settings.discord_api or discord_api.DISCORD
        raise UserError("error.unreachable", address=address, reason=str(error).splitlines()[0]) from error
