"""Lets go of what isn't kept: old entries, and the data of servers that removed the bot. Also after downtime."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

from bot.estimation.facts.retention import Retention
from bot.ledger.ledger import Ledger
from bot.ledger.write import retention

log = logging.getLogger(__name__)

RETENTION_INTERVAL = 3600.0
"""Seconds. What is due is found in the database, so a run that was missed is made up for by the next one."""


async def run_retention(ledger: Ledger, replayable: timedelta, kept: Retention) -> None:
    """Work for ever; a run that fails is noted and tried again in an hour."""
    while True:
        try:
            await apply_retention(ledger, datetime.now(UTC), replayable, kept)
        except Exception:
            log.exception("housekeeping failed; it is tried again in an hour")
        await asyncio.sleep(RETENTION_INTERVAL)


async def apply_retention(ledger: Ledger, now: datetime, replayable: timedelta, kept: Retention) -> None:
    """Do once what is due. `replayable` is how far back catch-up can reach."""
    pruned = await retention.prune(ledger.writer, now, replayable, kept)
    purged = await retention.purge_left(ledger.writer, ledger.engine, now, kept)
    for guild_id in purged:
        ledger.preferences.forget_server(guild_id)
    if pruned or purged:
        log.info("let go of %d old entries and the data of %d servers", pruned, len(purged))
