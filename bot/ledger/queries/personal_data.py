"""Everything that is kept of somebody, as plain data."""

from typing import Any

from sqlalchemy import Connection, RowMapping, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger.schema import daily, entries, people
from bot.ledger.types import moment_of


async def export(engine: AsyncEngine, user_id: int) -> dict[str, Any]:
    """Return everything that is kept of somebody, as plain data for JSON; ids as text, as Discord gives them."""
    async with engine.connect() as connection:
        return await connection.run_sync(_export, user_id)


def _export(connection: Connection, user_id: int) -> dict[str, Any]:
    choices = connection.execute(select(people).where(people.c.user_id == user_id)).mappings().one_or_none()
    theirs = entries.c.author_id == user_id
    counted = connection.execute(select(entries).where(theirs).order_by(entries.c.message_id)).mappings()
    sums = connection.execute(
        select(daily).where(daily.c.author_id == user_id).order_by(daily.c.local_day, daily.c.channel_id)
    ).mappings()
    return {
        "user_id": str(user_id),
        "opted_out_at": _plain("opted_out_at", choices["opted_out_at"]) if choices else None,
        "counted_from": _plain("counted_from", choices["counted_from"]) if choices else None,
        "quiet": bool(choices and choices["quiet"]),
        "entries": [{"created_at": moment_of(row["message_id"]).isoformat()} | _plainly(row) for row in counted],
        "daily_totals": [_plainly(row) for row in sums],
    }


def _plainly(row: RowMapping) -> dict[str, Any]:
    return {name: _plain(name, value) for name, value in row.items()}


def _plain(name: str, value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return str(value) if name.endswith("_id") else value
