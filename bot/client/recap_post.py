"""Posts a recap once, and tells what came of it: a post that perhaps stands there must not be made again."""

import logging
from typing import Any

import aiohttp
import discord

from bot.annotating.sending import EXPECTED, UNREADABLE
from bot.client import picture_card
from bot.errors import reason
from bot.presentation.pictured import Pictured
from bot.usecases.records.recaps import RecapOutcome

log = logging.getLogger(__name__)

Channel = discord.abc.GuildChannel | discord.Thread | None


def obstacle(channel: Channel) -> RecapOutcome | None:
    """Return what keeps a recap from being posted there, as far as we know without asking Discord."""
    if not isinstance(channel, discord.TextChannel):
        return RecapOutcome.GONE
    granted = channel.permissions_for(channel.guild.me)
    return None if granted.view_channel and granted.send_messages else RecapOutcome.FORBIDDEN


async def post(channel: discord.TextChannel, shown: Pictured, picture: bytes | None, nonce: str) -> RecapOutcome:
    """Post it, without its picture where Discord takes none; it pings and notifies nobody.

    discord.py tries again by itself after a mishap of Discord's; by the nonce Discord knows a post it has taken.
    """
    if picture is not None:
        file = picture_card.file(shown, picture)
        outcome = await _sent(channel, nonce, view=picture_card.layout(shown, pictured=True), file=file)
        if outcome is not RecapOutcome.REFUSED:
            return outcome
    return await _sent(channel, nonce, view=picture_card.layout(shown))


async def _sent(channel: discord.TextChannel, nonce: str, **content: Any) -> RecapOutcome:
    try:
        await channel.send(**content, nonce=nonce, silent=True)
    except (*EXPECTED, *UNREADABLE) as error:
        outcome = outcome_of(error)
        what = reason(error) if isinstance(error, EXPECTED) else type(error).__name__
        log.warning("the recap of server %d, channel %d: %s (%s)", channel.guild.id, channel.id, outcome, what)
        return outcome
    return RecapOutcome.POSTED


def outcome_of(error: Exception) -> RecapOutcome:
    """Return what a failed post means: refused is certainly not posted; anything else may stand there all the same."""
    match error:
        case discord.NotFound():
            return RecapOutcome.GONE
        case discord.Forbidden():
            return RecapOutcome.FORBIDDEN
        case discord.RateLimited() | aiohttp.ClientConnectorError():
            return RecapOutcome.REFUSED
        case discord.HTTPException() if 400 <= error.status < 500:
            return RecapOutcome.REFUSED
        case _:
            return RecapOutcome.UNCERTAIN
