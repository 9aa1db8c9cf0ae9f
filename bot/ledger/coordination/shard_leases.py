"""Who serves which shard. A lease runs out unless it is renewed, so a process that dies or hangs loses its own."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger.coordination.changes import CHANNEL, LEASES
from bot.ledger.coordination.lease_view import CONNECTED, FIXED, LeaseView, look
from bot.ledger.coordination.prompt_transaction import prompt_transaction
from bot.ledger.coordination.server_time import now
from bot.ledger.schema import job_claims, processes, shard_leases

LEASE_SECONDS = 15.0
"""How long a process is taken to be alive after it last said so."""

FORGOTTEN_SECONDS = 86_400.0
"""After which the claims of those who were killed are removed."""

NEVER = datetime(1970, 1, 1, tzinfo=UTC)

GIVEN = {"holder": "", "until_at": NEVER}
LET_GO = select(func.pg_notify(CHANNEL, LEASES))


@dataclass(frozen=True, slots=True)
class ShardLeases:
    """The leases of one process, called `holder`, in one database (PostgreSQL). `revision` is the newest it knows."""

    engine: AsyncEngine
    holder: str
    seconds: float = LEASE_SECONDS
    revision: str | None = None

    async def counts(self) -> list[int]:
        """Return the shard counts that live processes serve, the largest last."""
        async with prompt_transaction(self.engine) as connection:
            alive = select(processes.c.shard_count).where(processes.c.until_at > now()).distinct()
            return sorted(await connection.scalars(alive))

    async def renew(self, count: int, *, connected: bool = False) -> LeaseView:
        """Say that this process lives and serves shards of so many, all `connected` or not; return how things stand."""
        async with prompt_transaction(self.engine) as connection:
            return await connection.run_sync(self._renew, count, connected)

    async def take(self, count: int, number: int, wanted: Collection[int] | None = None) -> frozenset[int]:
        """Take up to so many free shards (of those wanted), and return which."""
        async with prompt_transaction(self.engine) as connection:
            return await connection.run_sync(self._take, count, number, wanted)

    async def holders(self, count: int, shard_ids: Collection[int]) -> list[str]:
        """Return who holds these shards."""
        these = (shard_leases.c.shard_count == count, shard_leases.c.shard_id.in_(shard_ids))
        query = select(shard_leases.c.holder).where(*these, shard_leases.c.until_at > now()).distinct()
        async with prompt_transaction(self.engine) as connection:
            return sorted(name.removesuffix(FIXED) for name in await connection.scalars(query))

    async def give(self, count: int, shard_ids: Collection[int]) -> None:
        """Let go of shards: whoever wants them may take them at once."""
        async with prompt_transaction(self.engine) as connection:
            mine = (shard_leases.c.holder == self.holder, shard_leases.c.shard_count == count)
            given = update(shard_leases).where(*mine, shard_leases.c.shard_id.in_(shard_ids))
            await connection.execute(given.values(GIVEN))
            await connection.execute(LET_GO)

    async def leave(self) -> None:
        """Let go of everything."""
        async with prompt_transaction(self.engine) as connection:
            await connection.execute(update(shard_leases).where(shard_leases.c.holder == self.holder).values(GIVEN))
            await connection.execute(delete(processes).where(processes.c.holder == self.holder))
            old = job_claims.c.name.startswith(CONNECTED) & (job_claims.c.claimed_at < now(-FORGOTTEN_SECONDS))
            await connection.execute(delete(job_claims).where(old | (job_claims.c.name == CONNECTED + self.holder)))
            await connection.execute(LET_GO)

    def _renew(self, connection: Connection, count: int, connected: bool) -> LeaseView:
        until = now(self.seconds)
        said = {"shard_count": count, "until_at": until, "revision": self.revision}
        alive = upsert(processes).values(holder=self.holder, **said)
        changed = {name: alive.excluded[name] for name in said}
        connection.execute(alive.on_conflict_do_update(index_elements=["holder"], set_=changed))
        self._note_connected(connection, connected)
        own = (shard_leases.c.holder == self.holder, shard_leases.c.shard_count == count)
        renewed = update(shard_leases).where(*own).values(until_at=until)  # however old, where nobody took it
        mine = frozenset(connection.scalars(renewed.returning(shard_leases.c.shard_id)))
        return look(connection, count, mine, self.seconds)

    def _note_connected(self, connection: Connection, connected: bool) -> None:
        """Note that all shards of this process are connected, or that they aren't."""
        name = CONNECTED + self.holder
        if connected:
            noted = upsert(job_claims).values(name=name, claimed_at=now())
            again = {"claimed_at": noted.excluded.claimed_at}
            connection.execute(noted.on_conflict_do_update(index_elements=["name"], set_=again))
        else:
            connection.execute(delete(job_claims).where(job_claims.c.name == name))

    def _take(self, connection: Connection, count: int, number: int, wanted: Collection[int] | None) -> frozenset[int]:
        _make_rows(connection, count)
        free = select(shard_leases.c.shard_id).where(shard_leases.c.shard_count == count)
        free = free.where(shard_leases.c.until_at <= now())
        if wanted is not None:
            free = free.where(shard_leases.c.shard_id.in_(wanted))
        free = free.order_by(shard_leases.c.shard_id).limit(number).with_for_update(skip_locked=True)
        found = list(connection.scalars(free))
        these = (shard_leases.c.shard_count == count, shard_leases.c.shard_id.in_(found))
        connection.execute(update(shard_leases).where(*these).values(holder=self.holder, until_at=now(self.seconds)))
        return frozenset(found)


def _make_rows(connection: Connection, count: int) -> None:
    """Make the rows of all shards of a count, free, where they aren't there yet."""
    known = connection.scalar(select(func.count()).where(shard_leases.c.shard_count == count))
    if known == count:
        return
    rows = [{"shard_count": count, "shard_id": one, "holder": "", "until_at": NEVER} for one in range(count)]
    connection.execute(upsert(shard_leases).on_conflict_do_nothing(), rows)
