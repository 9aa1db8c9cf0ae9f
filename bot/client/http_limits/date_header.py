"""Hands the `Date` of Discord's answers to the clock."""

from types import SimpleNamespace

import aiohttp
from discord.http import Route

from bot.counting.clock import DiscordClock


def time_route() -> Route:
    """Return a request that takes nothing, changes nothing and has a small answer."""
    return Route("GET", "/gateway")


def listen_to_dates(config: aiohttp.TraceConfig, clock: DiscordClock) -> aiohttp.TraceConfig:
    """Let the HTTP client's trace tell the clock of every answer."""

    async def ended(_: aiohttp.ClientSession, __: SimpleNamespace, end: aiohttp.TraceRequestEndParams) -> None:
        clock.hear_date(end.response.headers.get("Date"))

    config.on_request_end.append(ended)
    return config
