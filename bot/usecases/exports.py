"""What `/privacy export` does: one at a time in the bot, and one per person every few minutes."""

import asyncio
import logging
from datetime import datetime, timedelta
from typing import IO

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import UserError
from bot.ledger.queries.personal_data import export_to
from bot.ledger.write.backoff import reason
from bot.usecases.export_file import ExportFile

log = logging.getLogger(__name__)

UNITS = {"energy": "Wh", "gwp": "g CO2e", "water": "mL", "cost": "USD", "prompt_tokens, answer": "tokens"}
EXPORT_INTERVAL = timedelta(minutes=5)
EXPORT_TIMEOUT = 600.0
"""Seconds; Discord takes the answer for fifteen minutes."""


class Exports:
    """Makes people's files, and remembers who had one just now."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
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
            made = await _export(self._engine, user_id, now, limit)
        finally:
            self._busy = False
        self._made[user_id] = now
        return made


async def _export(engine: AsyncEngine, user_id: int, now: datetime, limit: int) -> tuple[str, IO[bytes]]:
    file = ExportFile(f"empreinte-{now:%Y-%m-%d}", limit)
    try:
        async with asyncio.timeout(EXPORT_TIMEOUT):
            await export_to(file.write, engine, user_id, {"exported_at": now.isoformat(), "units": UNITS})
            return await asyncio.to_thread(file.finish)
    except (SQLAlchemyError, OSError) as error:  # a timeout is an OSError
        file.discard()
        log.warning("an export failed: %s", reason(error))
        raise UserError("error.database_busy") from error
    except BaseException:
        file.discard()
        raise
