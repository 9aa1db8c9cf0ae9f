"""Tells Discord the commands when it has others, and goes on trying while it refuses."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import discord
from discord import app_commands
from discord.http import HTTPClient, Route

from bot.client import refusals
from bot.client.command_payloads import differing, payloads
from bot.errors import reason
from bot.ledger.coordination.job_claims import JobClaims

log = logging.getLogger(__name__)

FIRST_PAUSE, MAX_PAUSE = 60.0, 3600.0
"""Seconds between two tries while Discord refuses; they double. It counts new commands by the day."""

CHECK_INTERVAL = 6 * 3600.0
"""Seconds between two looks at what Discord has."""


SENDING = timedelta(minutes=1)
"""How long one of several processes has for it, before another one looks whether it must."""


class CommandSync:
    """One task beside all others: counting and annotating don't wait for it."""

    def __init__(self, client: discord.Client, tree: app_commands.CommandTree, claims: JobClaims | None = None) -> None:
        self._client, self._tree = client, tree
        self._claims = claims or JobClaims(None)
        self.tried = asyncio.Event()
        """Set once Discord took, had or refused them."""

    async def run(self) -> None:
        """Work for ever; whatever goes wrong, it is tried again later."""
        pause = FIRST_PAUSE
        while True:
            try:
                rest, pause = CHECK_INTERVAL if await self._sync() else SENDING.total_seconds(), FIRST_PAUSE
            except Exception as error:  # noqa: BLE001 - nothing of this may end the bot, nor fill the log
                rest = max(pause, refusals.wait_of(error) or 0.0)
                pause = min(MAX_PAUSE, pause * 2)
                log.warning("commands can't be registered (%s); next try in %d s", _reason(error), rest)
            self.tried.set()
            await asyncio.sleep(rest)

    async def _sync(self) -> bool:
        """Send the commands where Discord has others; False where another process is about to."""
        assert self._client.application_id is not None, "known since login"
        known = await registered(self._client.http, self._client.application_id)
        changed = differing(known, await payloads(self._tree))
        if not changed:
            return True
        if not await self._claims.claim("commands", SENDING):
            return False
        sent = await self._tree.sync()
        log.info("commands sent to Discord: %d (it had others for %s)", len(sent), ", ".join(changed))
        return True


async def registered(http: HTTPClient, application_id: int) -> Sequence[dict[str, Any]]:
    """Return what Discord has of the commands, with their localisations."""
    route = Route("GET", "/applications/{application_id}/commands", application_id=application_id)
    return await http.request(route, params={"with_localizations": "true"})


def _reason(error: Exception) -> str:
    known = isinstance(error, (discord.DiscordException, OSError))
    return reason(error) if known else type(error).__name__
