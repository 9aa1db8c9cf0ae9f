"""Lets go of what isn't kept: old entries, and the data of servers that removed the bot. Also after downtime.

Deleting can't be undone, so it takes more than one look at the clock. A run plans: "by this moment of Discord's". A
later one, a day or more after it, deletes what was due by the planned moment. A clock that is wrong for an hour plans
in vain, and nothing at all is done while the host's clock and Discord's disagree, or before Discord was reached.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from datetime import datetime, timedelta
from functools import partial

from bot.counting.clock import DiscordClock
from bot.estimation.facts.retention import Retention
from bot.ledger import partitions
from bot.ledger.coordination.job_claims import JobClaims
from bot.ledger.ledger import Ledger
from bot.ledger.write import pruning, retention, retention_plan

log = logging.getLogger(__name__)

RETENTION_INTERVAL = 3600.0
"""Seconds. What is due is found in the database, so a run that was missed is made up for by the next one."""

CLAIM = timedelta(seconds=RETENTION_INTERVAL * 0.9)

AskTime = Callable[[], Awaitable[None]]
"""Asks Discord something, so that the clock hears from it."""


async def run_retention(
    ledger: Ledger,
    clock: DiscordClock,
    ask_time: AskTime,
    replayable: timedelta,
    kept: Retention,
    present: Callable[[], Collection[int]],
    claims: JobClaims | None = None,
) -> None:
    """Work for ever; a run that fails is noted and tried again in an hour. Of several processes one does it."""
    claims = claims or JobClaims(None)
    paused = False
    while True:
        try:
            if await claims.claim("retention", CLAIM):
                await ledger.writer.run(partial(partitions.make_ahead, now=clock.now()))
                await retention.finish_purges(ledger.writer, ledger.engine)
                paused = await run_once(ledger, clock, ask_time, replayable, kept, present, paused)
        except Exception:
            log.exception("retention failed; it is tried again in an hour")
        await asyncio.sleep(RETENTION_INTERVAL)


async def run_once(
    ledger: Ledger,
    clock: DiscordClock,
    ask_time: AskTime,
    replayable: timedelta,
    kept: Retention,
    present: Callable[[], Collection[int]],
    paused: bool,
) -> bool:
    """Do what is due, if the clocks agree; tell whether they don't."""
    try:
        await ask_time()
    except Exception as error:  # noqa: BLE001 - Discord's bad days: then the clock tells how long it has heard nothing
        log.info("Discord doesn't tell the time (%s)", type(error).__name__)
    if clock.agrees:
        if paused:
            log.warning("the host's clock agrees with Discord's again: what is due is deleted again")
        await apply_retention(ledger, clock.now(), replayable, kept, present())
    elif not paused:
        log.warning("nothing is deleted for now: %s", _why(clock.host_ahead))
    return not clock.agrees


def _why(ahead: float | None) -> str:
    if ahead is None:
        return "Discord hasn't told the time yet"
    return f"the host's clock is {abs(ahead):.0f} s {'ahead of' if ahead > 0 else 'behind'} Discord's"


async def apply_retention(
    ledger: Ledger, now: datetime, replayable: timedelta, kept: Retention, present: Collection[int] = ()
) -> None:
    """Do what was due at the moment that an earlier run planned, and plan for a later one.

    `replayable` is how far back catch-up can reach; servers that are `present` aren't purged.
    """
    writer = ledger.writer
    await writer.run(partial(retention_plan.correct_departures, now=now))
    planned = await writer.run(partial(retention_plan.confirm, now=now))
    if planned is None:
        return
    pruned = await pruning.prune(writer, planned, replayable, kept)
    purged = await retention.purge_left(writer, ledger.engine, planned, kept, present)
    for guild_id in purged:
        ledger.preferences.forget_server(guild_id)
    await writer.run(partial(retention_plan.plan, now=now))
    if pruned or purged:
        log.info("let go of %d old entries and the data of %d servers", pruned, len(purged))
