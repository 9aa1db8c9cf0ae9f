"""People's rights over what is kept of them: what `/privacy` does."""

from datetime import datetime

from bot.estimation.facts.retention import Retention
from bot.ledger.ledger import Ledger
from bot.ledger.queries import stored_data
from bot.ledger.write.erasure import erase_person
from bot.presentation.privacy import Standing


async def standing(ledger: Ledger, user_id: int, kept: Retention) -> Standing:
    """Return what is kept of somebody and what they chose."""
    of_them = await stored_data.of_person(ledger.engine, user_id)
    person = ledger.preferences.person(user_id)
    return Standing(
        messages=of_them.messages,
        servers=of_them.servers,
        first=of_them.first,
        last=of_them.last,
        entries=of_them.entries,
        opted_out_on=person.opted_out_at.date() if person.opted_out_at else None,
        quiet=person.quiet,
        days=kept.entries.days,
        left_days=kept.left_servers.days,
    )


async def opt_in(ledger: Ledger, user_id: int, now: datetime) -> None:
    """Count somebody again from now on, and annotate them."""
    await ledger.preferences.opt_in(ledger.writer, user_id, now)
    await ledger.preferences.set_quiet(ledger.writer, user_id, False)


async def erase(ledger: Ledger, user_id: int) -> int:
    """Delete what is kept of somebody, in all servers; return how many entries there were."""
    return await erase_person(ledger.writer, ledger.engine, user_id)
