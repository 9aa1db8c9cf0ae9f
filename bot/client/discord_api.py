"""Points the discord.py client at a root of Discord's API: its own, or another such as the sandbox's."""

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.client import gateway_frames, unreadable_answers
from bot.client.proxy import shown
from bot.client.session_starts import Gateway

DISCORD = Route.BASE
GATEWAY = DiscordWebSocket.DEFAULT_GATEWAY

gateway_frames.install()
unreadable_answers.install()


def use_root(api: str | None) -> None:
    """Send requests to that root from now on; None for Discord's own."""
    Route.BASE = api or DISCORD
    DiscordWebSocket.DEFAULT_GATEWAY = GATEWAY


def where(api: str | None, proxy: str | None) -> str:
    """Return the root's address as a person is told it, with the proxy that leads there."""
    return f"{api or DISCORD} (proxy {shown(proxy)})" if proxy else api or DISCORD


def gateway_address() -> yarl.URL:
    """Return the gateway's address in use."""
    return DiscordWebSocket.DEFAULT_GATEWAY


async def ask_gateway(client: discord.Client) -> Gateway:
    """Return what Discord says of its gateway; `UserError` when that isn't what it documents."""
    try:
        shards, url, limit = await client.http.get_bot_gateway()
    except (KeyError, TypeError):
        return Gateway.from_discord(None, None, None)
    return Gateway.from_discord(shards, url, limit)


def use_gateway(url: str) -> None:
    """Make it the default one, to which clients return after an invalid session."""
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)
