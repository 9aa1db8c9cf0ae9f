"""Puts watermarks right that stand in a time that hasn't come: a machine's wrong clock once put them there.

Such a channel would go unread until that time comes. Its watermark is lowered to the newest message recorded there,
or to how far back history is read, whichever is earlier: what was missed meanwhile is read, and nothing counts twice.
"""

import logging
from datetime import datetime, timedelta
from functools import partial

from bot.ledger.ledger import Ledger
from bot.ledger.queries.watermarks import load_watermarks
from bot.ledger.records import Watermark
from bot.ledger.types import id_at, moment_of
from bot.ledger.write import watermark_changes

log = logging.getLogger(__name__)

SOON = timedelta(minutes=5)
"""Clocks differ a little; a wrong one differs by more."""


async def repair(ledger: Ledger, guild_id: int, oldest: datetime, now: datetime) -> dict[int, Watermark]:
    """Return a server's watermarks by channel, none of them later than now; those that were are lowered for good."""
    marks = await load_watermarks(ledger.engine, guild_id)
    wrong = [mark for mark in marks.values() if mark.message_id > id_at(now + SOON)]
    if not wrong:
        return marks
    newest = await watermark_changes.newest_entries(
        ledger.engine, guild_id, [mark.channel_id for mark in wrong], id_at(now + SOON)
    )
    bound = id_at(oldest + SOON)
    for mark in wrong:
        to = min(newest.get(mark.channel_id, bound), bound)
        log.warning(
            "channel %d: its watermark stood in the future (%s): it is put back to %s",
            mark.channel_id,
            moment_of(mark.message_id).isoformat(),
            moment_of(to).isoformat(),
        )
        await ledger.writer.run(
            partial(watermark_changes.lower, guild_id=guild_id, channel_id=mark.channel_id, message_id=to)
        )
        marks[mark.channel_id] = Watermark(mark.channel_id, guild_id, to)
    return marks
