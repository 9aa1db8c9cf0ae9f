"""Keeps what isn't Discord's JSON, such as the page of a proxy before it, from being taken for an answer of its."""

import json
from typing import Any

import aiohttp
import discord
from discord import http
from discord.webhook import async_

NOT_JSON = "not Discord’s JSON"
"""What stands for such a body: a whole page would end in logs and sentences."""


class UnreadableAnswer(discord.DiscordServerError):
    """Discord, or what stands before it, answered with something else than JSON: a mishap like a 5xx.

    A page with status 403 or 404 says nothing of what is in Discord: only Discord's own answers do.
    """


def install() -> None:
    """Let discord.py read all bodies by `read_body`, those of interactions too."""
    http.json_or_text = async_.json_or_text = read_body  # pyright: ignore[reportPrivateImportUsage]


async def read_body(response: aiohttp.ClientResponse) -> Any:
    """Return an answer's JSON, or text where there is none.

    Raises `UnreadableAnswer` where there should be JSON, and for a limit that doesn't say how long it lasts. The text
    is for 5xx: discord.py asks again by itself.
    """
    body, status = _json(await _read(response), response.headers.get("Content-Type", "")), response.status
    if status == 429 and not (isinstance(body, dict) and isinstance(body.get("retry_after"), (int, float))):
        raise UnreadableAnswer(response, NOT_JSON)
    if not isinstance(body, str) or status == 204:
        return body
    if status < 500:
        raise UnreadableAnswer(response, NOT_JSON)
    return NOT_JSON


async def _read(response: aiohttp.ClientResponse) -> bytes:
    """Return the body; none where it breaks off, or is packed in a way that it isn't."""
    try:
        return await response.read()
    except aiohttp.ClientPayloadError:
        return b""


def _json(body: bytes, content_type: str) -> Any:
    """Return what the JSON holds, "" where it is none; JSON that is a mere text holds nothing of Discord's either."""
    if not content_type.startswith("application/json"):
        return ""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    return "" if isinstance(found, str) else found
