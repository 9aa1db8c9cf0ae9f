"""People's rights over what is kept of them: what `/privacy` does."""

import asyncio
import io
import json
import zipfile
from datetime import datetime
from typing import Any

from bot.errors import UserError
from bot.estimation.facts.retention import Retention
from bot.ledger import personal_data
from bot.ledger.ledger import Ledger
from bot.ledger.queries import stored_data
from bot.presentation.privacy import Standing

UNITS = {"energy": "Wh", "gwp": "g CO2e", "water": "mL", "cost": "USD", "prompt_tokens, answer": "tokens"}


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
    return await ledger.writer.run(lambda connection: personal_data.erase(connection, user_id))


async def export(ledger: Ledger, user_id: int, now: datetime, limit: int) -> tuple[str, bytes]:
    """Return a file's name and content with all that is kept of somebody: JSON, zipped when over `limit` bytes.

    `UserError` when even that is too large.
    """
    data = {"exported_at": now.isoformat(), "units": UNITS, **await personal_data.export(ledger.engine, user_id)}
    return await asyncio.to_thread(_file, data, f"empreinte-{now:%Y-%m-%d}", limit)


def _file(data: dict[str, Any], name: str, limit: int) -> tuple[str, bytes]:
    text = json.dumps(data, ensure_ascii=False, indent=1).encode()
    if len(text) <= limit:
        return f"{name}.json", text
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{name}.json", text)
    if packed.tell() > limit:
        raise UserError("error.export_too_large")
    return f"{name}.zip", packed.getvalue()
