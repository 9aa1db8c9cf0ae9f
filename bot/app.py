"""From start to stop: the client, and waiting where Discord asks for it."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

import discord
from sqlalchemy.exc import SQLAlchemyError

from bot.client import discord_api
from bot.client.client import EmpreinteBot
from bot.client.refusals import WaitRequested, explain, wait_of
from bot.errors import UserError
from bot.ledger.engine import unusable
from bot.monitoring.server import observed, seen_to_live
from bot.presentation import days
from bot.presentation.translator import Translator

log = logging.getLogger(__name__)

FIRST_PAUSE, MAX_PAUSE = 2.0, 600.0
"""Seconds to wait at least before the client starts again; they double."""

MakeBot = Callable[[bool], EmpreinteBot]
"""Makes a client with or without the message-content intent."""


async def serve(make_bot: MakeBot, token: str, stop: asyncio.Event, t: Translator) -> None:
    """Run the client until `stop`; once more without message content where Discord refuses that.

    Where Discord asks to wait, that is said, and done. Raises `UserError` for whatever else ends the client, and for
    a metrics port that can't be had.
    """
    message_content, waits = True, 0
    while not stop.is_set():
        bot = make_bot(message_content)
        try:
            if await _seen_until(stop, bot, token):
                continue
        except discord.PrivilegedIntentsRequired as error:
            if not message_content:
                raise UserError("error.intents_refused") from error
            log.warning("%s", t("run.no_message_content"))
            message_content = False
        except WaitRequested as asked:
            async with seen_to_live(bot.settings.metrics_port):
                await _wait(asked, waits, stop, t)
            waits += 1
        else:
            return


async def _wait(asked: WaitRequested, waits: int, stop: asyncio.Event, t: Translator) -> None:
    """Say until when, and return then, or at `stop`. Who is told again and again to come back at once comes later."""
    seconds = max(asked.seconds, min(MAX_PAUSE, FIRST_PAUSE * 2**waits))
    until = datetime.now().astimezone() + timedelta(seconds=seconds)
    log.warning("%s", t("run.waiting", reason=t.error(asked), until=days.moment(until, t)))
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        pass


async def _seen_until(stop: asyncio.Event, bot: EmpreinteBot, token: str) -> bool:
    async with observed(bot):
        return await _until(stop, bot, token)


async def _until(stop: asyncio.Event, bot: EmpreinteBot, token: str) -> bool:
    """Run the client; tell whether another one is to take its place, with other shards."""
    discord_api.use_root(bot.settings.discord_api)
    running = asyncio.create_task(_start(bot, token), name="discord client")
    stopping = asyncio.create_task(stop.wait(), name="stop signal")
    superseded = asyncio.create_task(bot.sessions.superseded(), name="superseded")
    try:
        await asyncio.wait({running, stopping, superseded}, return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            running.result()
        return superseded.done() and not running.done()
    finally:
        for waiting in (stopping, superseded):
            waiting.cancel()
        await bot.close()
        running.cancel()
        await asyncio.gather(running, stopping, superseded, return_exceptions=True)


async def _start(bot: EmpreinteBot, token: str) -> None:
    try:
        async with bot:
            await bot.start(token)
    except discord.PrivilegedIntentsRequired:
        raise
    except SQLAlchemyError as error:
        raise unusable(bot.settings.database, error) from error
    except Exception as error:  # whatever comes, the host is told in one sentence
        log.debug("the client ended", exc_info=error)
        sentence, seconds = explain(error, discord_api.where(bot.settings.discord_api, bot.http.proxy)), wait_of(error)
        if seconds is None:
            raise sentence from error
        raise WaitRequested(seconds, sentence.key, **sentence.values) from error
