"""Keeps requests back while what stands before Discord lets none of ours through: each further one prolongs that."""

from typing import Any

import discord
from discord.http import HTTPClient, Route

from bot.client.http_limits.http_limits import HttpLimits


def hold_back(http: HTTPClient, limits: HttpLimits) -> None:
    """Let the client's requests fail at once during such a time, as Discord's own limits let them.

    Answers to interactions go another way, and are still tried.
    """
    request = http.request

    async def careful(route: Route, **options: Any) -> Any:
        seconds = limits.barred_for
        if seconds:
            raise discord.RateLimited(seconds)
        return await request(route, **options)

    http.request = careful
