"""How the leases of all processes stand, summed up in the database: a process reads no more for being one of many."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, literal, select

from bot.ledger.coordination.server_time import now
from bot.ledger.schema import job_claims, processes, shard_leases

CONNECTED = "connected: "
"""Before a holder's name: the claim of one whose shards are all connected, renewed with its leases."""

FIXED = ":fixed"
"""After the name of a holder that takes no share of what is free, but always the same shards."""


@dataclass(frozen=True, slots=True)
class LeaseView:
    """How things stand for one process.

    `holdings` are the live processes of the same shard count that take a share: how many hold so many shards.
    `newer_complete` tells that a larger count is served whole by others, who are all connected; `older` are the shards,
    by count, that processes of a smaller count still serve.
    """

    mine: frozenset[int]
    free: int
    holdings: Mapping[int, int]
    newer_complete: bool
    older: Mapping[int, frozenset[int]]


def look(connection: Connection, count: int, mine: frozenset[int], lease_seconds: float) -> LeaseView:
    """Return how things stand for a process that serves these shards of so many."""
    live = (shard_leases.c.shard_count == count, shard_leases.c.until_at > now())
    return LeaseView(
        mine=mine,
        free=count - (connection.scalar(select(func.count()).where(*live)) or 0),
        holdings=_holdings(connection, count),
        newer_complete=_newer_complete(connection, count, lease_seconds),
        older=_older(connection, count),
    )


def _holdings(connection: Connection, count: int) -> dict[int, int]:
    """Return how many processes hold so many shards: a row for each number, and there are hardly two."""
    live = (shard_leases.c.shard_count == count, shard_leases.c.until_at > now())
    held = select(shard_leases.c.holder, func.count().label("number")).where(*live)
    held = held.group_by(shard_leases.c.holder).subquery()
    number = func.coalesce(held.c.number, 0).label("number")
    alive = select(number).select_from(processes.outerjoin(held, held.c.holder == processes.c.holder))
    alive = alive.where(processes.c.shard_count == count, processes.c.until_at > now())
    alive = alive.where(processes.c.holder.not_like("%" + FIXED)).subquery()
    rows = connection.execute(select(alive.c.number, func.count()).group_by(alive.c.number))
    return dict(rows.all())


def _newer_complete(connection: Connection, count: int, lease_seconds: float) -> bool:
    """Tell whether all shards of a larger count are held by processes that are connected."""
    connected = (
        job_claims.c.name == literal(CONNECTED) + shard_leases.c.holder,
        job_claims.c.claimed_at > now(-lease_seconds),
    )
    held = select(shard_leases.c.shard_count).join(job_claims, connected[0])
    held = held.where(shard_leases.c.shard_count > count, shard_leases.c.until_at > now(), connected[1])
    held = held.group_by(shard_leases.c.shard_count).having(func.count() == shard_leases.c.shard_count)
    return connection.execute(held.limit(1)).first() is not None


def _older(connection: Connection, count: int) -> dict[int, frozenset[int]]:
    """Return the shards of smaller counts that are still held."""
    columns = (shard_leases.c.shard_count, shard_leases.c.shard_id)
    held = select(*columns).where(shard_leases.c.shard_count < count, shard_leases.c.until_at > now())
    smaller: dict[int, set[int]] = {}
    for fewer, shard_id in connection.execute(held):
        smaller.setdefault(fewer, set()).add(shard_id)
    return {fewer: frozenset(ids) for fewer, ids in smaller.items()}
