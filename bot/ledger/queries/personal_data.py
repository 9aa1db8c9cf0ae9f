"""Everything that is kept of somebody, written out row by row."""

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import RowMapping, Select, and_, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.ledger.schema import daily, daily_measured, entries, measured_answers, people, quiet_offers
from bot.ledger.types import moment_of

ROWS_AT_ONCE = 100
"""Rows read, worded and written at a time: some milliseconds of work, and all that is in memory."""

_SAME = and_(entries.c.message_id == measured_answers.c.message_id, entries.c.guild_id == measured_answers.c.guild_id)

Write = Callable[[bytes], object]


async def export_to(write: Write, engine: AsyncEngine, user_id: int, header: Mapping[str, Any]) -> None:
    """Write everything that is kept of somebody as one JSON object, that begins with `header`.

    `write` takes pieces of UTF-8 in a thread. Ids are text, as Discord gives them. Rows come from a cursor, in one
    reading transaction, so memory doesn't grow with their number and the event loop isn't held up.
    """
    async with engine.connect() as connection:
        head = {**header, "user_id": str(user_id), **await _choices(connection, user_id)}
        await asyncio.to_thread(write, json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}").encode())
        theirs = select(entries).where(entries.c.author_id == user_id).order_by(entries.c.message_id)
        await _write_list(write, connection, "entries", theirs)
        sums = select(daily).where(daily.c.author_id == user_id).order_by(daily.c.local_day, daily.c.channel_id)
        await _write_list(write, connection, "daily_totals", sums)
        theirs = select(measured_answers).join(entries, _SAME)
        theirs = theirs.where(entries.c.author_id == user_id).order_by(measured_answers.c.message_id)
        await _write_list(write, connection, "measured_answers", theirs)
        sums = select(daily_measured).where(daily_measured.c.author_id == user_id)
        sums = sums.order_by(daily_measured.c.local_day, daily_measured.c.channel_id)
        await _write_list(write, connection, "daily_measured", sums)
        await asyncio.to_thread(write, b"\n}\n")


async def _choices(connection: AsyncConnection, user_id: int) -> dict[str, Any]:
    row = (await connection.execute(select(people).where(people.c.user_id == user_id))).mappings().one_or_none()
    chosen = dict(row or {})
    moments = {name: chosen.get(name) for name in ("opted_out_at", "counted_from")}
    offered = select(quiet_offers.c.user_id).where(quiet_offers.c.user_id == user_id)
    kept = {"quiet": bool(chosen.get("quiet")), "quiet_button_shown": await connection.scalar(offered) is not None}
    return {name: _plain(name, value) for name, value in moments.items()} | kept


async def _write_list(write: Write, connection: AsyncConnection, name: str, query: Select[Any]) -> None:
    await asyncio.to_thread(write, f',\n "{name}": ['.encode())
    before = "\n  "
    result = await connection.stream(query.execution_options(yield_per=ROWS_AT_ONCE))
    async for rows in result.mappings().partitions():
        await asyncio.to_thread(_write_rows, write, rows, before)
        before = ",\n  "
    await asyncio.to_thread(write, b"]")


def _write_rows(write: Write, rows: Sequence[RowMapping], before: str) -> None:
    write((before + ",\n  ".join(json.dumps(_plainly(row), ensure_ascii=False) for row in rows)).encode())


def _plainly(row: RowMapping) -> dict[str, Any]:
    plain = {name: _plain(name, value) for name, value in row.items()}
    if "message_id" in row:
        return {"created_at": moment_of(row["message_id"]).isoformat()} | plain
    return plain


def _plain(name: str, value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return str(value) if name.endswith("_id") else value
