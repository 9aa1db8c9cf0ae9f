"""What one process changed and the others keep in memory: noted in the same transaction, heard of within a second.

`NOTIFY` wakes those who listen. Behind a pooler in transaction mode nobody can listen, so everybody also asks now and
then for what is new. Neither touches the transactions that count messages.
"""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger.coordination.prompt_transaction import prompt_transaction
from bot.ledger.coordination.server_time import now
from bot.ledger.schema import changes

CHANNEL = "empreinte_changes"
SERVER, PERSON = "server", "person"
LEASES = "leases"
"""The notification that leases were let go of; it changes nothing that is kept in memory."""

OVERLAP = 1000
"""Changes looked at again each time: a transaction that began earlier may be committed later."""

KEPT_SECONDS = 86_400.0


class Change(NamedTuple):
    """Something to read again: a server's settings, channels and notices, or a person's choices."""

    change_id: int
    kind: str
    of_id: int


def note_change(connection: Connection, kind: str, of_id: int) -> None:
    """Note that others must read something again; SQLite has no others."""
    if connection.dialect.name != "postgresql":
        return
    connection.execute(insert(changes).values(kind=kind, of_id=of_id, changed_at=now()))
    connection.execute(select(func.pg_notify(CHANNEL, "")))


class NewChanges:
    """Reads the changes that came since it last looked; each is told once."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._newest = 0
        self._told: set[int] = set()

    async def begin(self) -> None:
        """Take everything up to now as known."""
        self._tell(await self._read())

    async def read(self) -> list[Change]:
        """Return what is new, the oldest first; one entry for what changed several times."""
        return list({(one.kind, one.of_id): one for one in self._tell(await self._read())}.values())

    def put_back(self, changes_: Iterable[Change]) -> None:
        """Have these told again, as they couldn't be taken now."""
        self._told.difference_update(one.change_id for one in changes_)

    async def _read(self) -> list[Change]:
        columns = (changes.c.change_id, changes.c.kind, changes.c.of_id)
        query = select(*columns).where(changes.c.change_id > self._newest - OVERLAP).order_by(changes.c.change_id)
        async with prompt_transaction(self._engine) as connection:
            return [Change(*row) for row in await connection.execute(query)]

    def _tell(self, found: Iterable[Change]) -> list[Change]:
        new = [one for one in found if one.change_id not in self._told]
        self._told.update(one.change_id for one in new)
        self._newest = max([self._newest, *(one.change_id for one in new)])
        self._told = {one for one in self._told if one > self._newest - 2 * OVERLAP}
        return new


def forget_changes(connection: Connection) -> None:
    """Forget what everybody has heard of long ago."""
    if connection.dialect.name == "postgresql":
        connection.execute(delete(changes).where(changes.c.changed_at < now(-KEPT_SECONDS)))
