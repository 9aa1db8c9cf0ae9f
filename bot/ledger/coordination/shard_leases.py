"""Who serves which shard. A lease runs out unless it is renewed, so a process that dies or hangs loses its own."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger.coordination.changes import CHANNEL, LEASES
from bot.ledger.coordination.prompt_transaction import prompt_transaction
from bot.ledger.coordination.server_time import now
from bot.ledger.schema import job_claims, processes, shard_leases

LEASE_SECONDS = 15.0
"""How long a process is taken to be alive after it last said so."""

CONNECTED = "connected: "
"""Before a holder's name: the claim of one whose shards are all connected, renewed with its leases."""

FIXED = ":fixed"
"""After the name of a holder that takes no share of what is free, but always the same shards."""

FORGOTTEN_SECONDS = 86_400.0
"""After which the claims of those who were killed are removed."""

NEVER = datetime(1970, 1, 1, tzinfo=UTC)

GIVEN = {"holder": "", "until_at": NEVER}
LET_GO = select(func.pg_notify(CHANNEL, LEASES))


@dataclass(frozen=True, slots=True)
class LeaseView:
    """How things stand for one process.

    `holdings` are the shards of each live process of the same shard count that takes a share. `newer_complete` tells
    that a larger count is served whole by others, who are all connected; `older` are the shards, by count, that
    processes of a smaller count still serve.
    """

    mine: frozenset[int]
    free: int
    holdings: dict[str, int]
    newer_complete: bool
    older: dict[int, frozenset[int]]


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
        return self._view(connection, count, mine)

    def _note_connected(self, connection: Connection, connected: bool) -> None:
        """Note that all shards of this process are connected, or that they aren't."""
        name = CONNECTED + self.holder
        if connected:
            noted = upsert(job_claims).values(name=name, claimed_at=now())
            again = {"claimed_at": noted.excluded.claimed_at}
            connection.execute(noted.on_conflict_do_update(index_elements=["name"], set_=again))
        else:
            connection.execute(delete(job_claims).where(job_claims.c.name == name))

    def _view(self, connection: Connection, count: int, mine: frozenset[int]) -> LeaseView:
        lives = select(processes.c.holder).where(processes.c.shard_count == count, processes.c.until_at > now())
        alive = list(connection.scalars(lives))
        columns = (shard_leases.c.shard_count, shard_leases.c.shard_id, shard_leases.c.holder)
        leased = connection.execute(select(*columns).where(shard_leases.c.until_at > now())).all()
        held = Counter(row.holder for row in leased if row.shard_count == count)
        since = (job_claims.c.name.startswith(CONNECTED), job_claims.c.claimed_at > now(-self.seconds))
        connected = {
            name.removeprefix(CONNECTED) for name in connection.scalars(select(job_claims.c.name).where(*since))
        }
        return LeaseView(
            mine=mine,
            free=count - held.total(),
            holdings={holder: held[holder] for holder in alive if not holder.endswith(FIXED)},
            newer_complete=_newer_complete([row for row in leased if row.holder in connected], count),
            older=_older(leased, count),
        )

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


def _newer_complete(leased: Iterable[Row[Any, Any, Any]], count: int) -> bool:
    """Tell whether all shards of a larger count are among those that are connected."""
    held = Counter(row.shard_count for row in leased if row.shard_count > count)
    return any(number == larger for larger, number in held.items())


def _older(leased: Iterable[Row[Any, Any, Any]], count: int) -> dict[int, frozenset[int]]:
    """Return the shards of smaller counts that are still held."""
    smaller: dict[int, set[int]] = {}
    for row in leased:
        if row.shard_count < count:
            smaller.setdefault(row.shard_count, set()).add(row.shard_id)
    return {fewer: frozenset(ids) for fewer, ids in smaller.items()}
