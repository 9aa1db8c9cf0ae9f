"""Points the discord.py client at another root of Discord's API, such as the sandbox's."""

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

DISCORD = Route.BASE
GATEWAY = DiscordWebSocket.DEFAULT_GATEWAY


def use_root(api: str | None) -> None:
    """Send requests to that root from now on; None for Discord's own."""
    Route.BASE = api or DISCORD
    DiscordWebSocket.DEFAULT_GATEWAY = GATEWAY


async def use_its_gateway(client: discord.Client) -> None:
    """Make the root's gateway the client's default one, to which it returns after an invalid session."""
    _, address, _ = await client.http.get_bot_gateway()
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(address)
