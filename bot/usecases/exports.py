"""What `/privacy export` does: one at a time in the bot, and one per person every few minutes."""

import asyncio
from datetime import datetime, timedelta
from typing import IO

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import UserError
from bot.ledger.queries.personal_data import export_to
from bot.usecases.export_file import ExportFile
from bot.usecases.ledger_reader import LedgerReader

UNITS = {"energy": "Wh", "gwp": "g CO2e", "water": "mL", "cost": "USD", "prompt_tokens, answer": "tokens"}
EXPORT_INTERVAL = timedelta(minutes=5)
EXPORT_TIMEOUT = 600.0
"""Seconds; Discord takes the answer for fifteen minutes."""


class Exports:
    """Makes people's files, and remembers who had one just now."""

    def __init__(self, reader: LedgerReader) -> None:
        self._reader = reader
        self._busy = False
        self._made: dict[int, datetime] = {}

    async def export(self, user_id: int, now: datetime, limit: int) -> tuple[str, IO[bytes]]:
        """Return a file's name and the file, with all that is kept of somebody: JSON, zipped when over `limit` bytes.

        `UserError` when even that is too large, when another one is being made, when this person had theirs a
        moment ago, and when the database doesn't answer.
        """
        self._made = {who: when for who, when in self._made.items() if now - when < EXPORT_INTERVAL}
        if user_id in self._made:
            raise UserError("error.export_recent", minutes=EXPORT_INTERVAL // timedelta(minutes=1))
        if self._busy:
            raise UserError("error.export_busy")
        self._busy = True
        try:
            made = await _export(self._reader, user_id, now, limit)
        finally:
            self._busy = False
        self._made[user_id] = now
        return made


async def _export(reader: LedgerReader, user_id: int, now: datetime, limit: int) -> tuple[str, IO[bytes]]:
    file = ExportFile(f"empreinte-{now:%Y-%m-%d}", limit)
    head = {"exported_at": now.isoformat(), "units": UNITS}

    async def written(engine: AsyncEngine) -> tuple[str, IO[bytes]]:
        await export_to(file.write, engine, user_id, head)
        return await asyncio.to_thread(file.finish)

    try:
        return await reader.read_within(EXPORT_TIMEOUT, written)
    except BaseException:
        file.discard()
        raise
