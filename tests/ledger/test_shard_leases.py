"""Several processes share out the shards by lease, on one PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from postgresql_server import NO_SERVER, SERVER
from sqlalchemy import event, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.ledger import migrate
from bot.ledger.coordination.identify_turns import IDENTIFY_SECONDS, reserve_turn
from bot.ledger.coordination.job_claims import JobClaims
from bot.ledger.coordination.server_time import now
from bot.ledger.coordination.shard_leases import ShardLeases
from bot.ledger.engine import open_engine
from bot.ledger.schema import identify_turns, job_claims

pytestmark = [pytest.mark.postgresql, NO_SERVER]

LONG, GONE = 60.0, -1.0


@pytest.fixture(params=["0 s", "1 h", "-1 h"], ids="the database's clock is {} off".format)
async def shared(request: pytest.FixtureRequest) -> AsyncIterator[AsyncEngine]:
    opened = open_engine(str(SERVER))
    await migrate.downgrade(opened, "base")
    await migrate.upgrade(opened)
    await opened.dispose()
    async with clock_off(opened, request.param):
        yield opened
        await opened.dispose()


@asynccontextmanager
async def clock_off(engine: AsyncEngine, by: str) -> AsyncIterator[None]:
    """Let the database's clock differ from everybody else's."""
    async with engine.begin() as connection:
        await connection.execute(text("CREATE SCHEMA IF NOT EXISTS shifted"))
        body = f"SELECT pg_catalog.clock_timestamp() + interval '{by}'"
        sql = f"CREATE OR REPLACE FUNCTION shifted.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS $${body}$$"
        await connection.execute(text(sql))
        await connection.execute(
            text(f"ALTER DATABASE {engine.url.database} SET search_path = public, shifted, pg_catalog")
        )
    await engine.dispose()
    try:
        yield
    finally:
        async with engine.begin() as connection:
            await connection.execute(text(f"ALTER DATABASE {engine.url.database} RESET search_path"))
            await connection.execute(text("DROP SCHEMA shifted CASCADE"))
        await engine.dispose()


async def test_the_clock_is_the_databases(shared: AsyncEngine, request: pytest.FixtureRequest) -> None:
    hours = {"0 s": 0, "1 h": 1, "-1 h": -1}[request.node.callspec.params["shared"]]
    async with shared.connect() as connection:
        moment = await connection.scalar(select(now()))
    assert moment
    assert round((moment - datetime.now(UTC)) / timedelta(hours=1)) == hours


async def test_no_shard_is_taken_twice(shared: AsyncEngine) -> None:
    processes = [ShardLeases(shared, f"p{n}", LONG) for n in range(5)]
    taken = await asyncio.gather(*(one.take(16, 4) for one in processes))
    assert sorted(shard for shards in taken for shard in shards) == list(range(16))
    assert sum(not shards for shards in taken) >= 1


async def test_a_lease_that_runs_out_is_taken_by_another_and_noticed_by_its_holder(shared: AsyncEngine) -> None:
    hangs, lives = ShardLeases(shared, "hangs", GONE), ShardLeases(shared, "lives", LONG)
    assert await hangs.take(4, 3) == {0, 1, 2}
    assert await lives.take(4, 2) == {0, 1}
    assert (await ShardLeases(shared, "hangs", LONG).renew(4)).mine == {2}
    assert await lives.take(4, 4) == {3}


async def test_what_is_handed_on_or_left_can_be_taken_at_once(shared: AsyncEngine) -> None:
    first, second = ShardLeases(shared, "first", LONG), ShardLeases(shared, "second", LONG)
    await first.take(4, 4)
    await first.give(4, [1])
    assert await second.take(4, 4) == {1}
    await first.renew(4)
    await first.leave()
    view = await second.renew(4)
    assert view.holdings == {1: 1}
    assert await second.take(4, 4) == {0, 2, 3}


async def test_only_wanted_shards_are_taken(shared: AsyncEngine) -> None:
    fixed, same = ShardLeases(shared, "fixed", LONG), ShardLeases(shared, "same", LONG)
    assert await fixed.take(8, 2, {2, 5}) == {2, 5}
    assert await same.take(8, 2, {2, 5}) == frozenset()


async def test_a_view_tells_who_lives_what_is_free_and_who_is_older_or_newer(shared: AsyncEngine) -> None:
    old, new, other = (ShardLeases(shared, name, LONG) for name in ("old", "new", "other"))
    await old.renew(2)
    await old.take(2, 2)
    await new.renew(4)
    await new.take(4, 3)
    seen = await new.renew(4)
    assert (seen.free, seen.older, seen.holdings) == (1, {2: frozenset({0, 1})}, {3: 1})
    assert not (await old.renew(2)).newer_complete
    await other.renew(4)
    await other.take(4, 3)
    assert not (await old.renew(2)).newer_complete, "they aren't connected yet"
    await new.renew(4, connected=True)
    await other.renew(4)
    assert not (await old.renew(2)).newer_complete, "one isn't"
    await other.renew(4, connected=True)
    assert (await old.renew(2)).newer_complete
    assert await old.counts() == [2, 4]
    assert (await new.renew(4)).holdings == {3: 1, 1: 1}


async def test_who_loses_a_connection_or_leaves_is_connected_no_more(shared: AsyncEngine) -> None:
    old, new = (ShardLeases(shared, name, LONG) for name in ("old", "new"))
    await new.take(2, 2)
    await new.renew(2, connected=True)
    assert (await old.renew(1)).newer_complete
    await new.renew(2, connected=False)
    assert not (await old.renew(1)).newer_complete
    await new.renew(2, connected=True)
    await new.leave()
    async with shared.connect() as connection:
        assert await connection.scalar(select(func.count()).select_from(job_claims)) == 0


async def rows_of_a_beat(engine: AsyncEngine, leases: ShardLeases, count: int) -> int:
    """Return how many rows a process reads and writes as it renews its leases."""
    rows: list[int] = []

    def note(_: object, cursor: Any, *__: object) -> None:
        rows.append(cursor.rowcount)

    event.listen(engine.sync_engine, "after_cursor_execute", note)
    await leases.renew(count)
    event.remove(engine.sync_engine, "after_cursor_execute", note)
    return sum(rows)


async def test_a_beat_costs_no_more_among_many_processes(shared: AsyncEngine) -> None:
    all_of_them = [ShardLeases(shared, f"p{n}", LONG) for n in range(40)]
    beats: list[int] = []
    for some in (all_of_them[:4], all_of_them[4:]):
        for one in some:
            await one.renew(200)
            await one.take(200, 5)
        beats.append(await rows_of_a_beat(shared, all_of_them[0], 200))
    assert beats[0] > 5
    assert beats[0] == beats[1]


async def test_turns_to_identify_come_five_seconds_apart_in_each_bucket(shared: AsyncEngine) -> None:
    waits = await asyncio.gather(*(reserve_turn(shared, shard, 2) for shard in range(6)))
    for bucket in (0, 1):
        turns = sorted(waits[bucket::2])
        assert turns[0] < 1
        assert [later - turns[0] > n * IDENTIFY_SECONDS - 1 for n, later in enumerate(turns)] == [True] * 3


async def test_a_database_whose_clock_was_set_back_keeps_nobody_waiting(shared: AsyncEngine) -> None:
    """As when the standby that took over goes an hour behind the primary that died."""
    await reserve_turn(shared, 0, 1)
    async with shared.begin() as connection:
        await connection.execute(update(identify_turns).values(next_at=now(3600)))
    waits = [await reserve_turn(shared, shard, 1) for shard in range(2)]
    assert waits[0] < 1
    assert IDENTIFY_SECONDS - 1 < waits[1] < IDENTIFY_SECONDS + 1


async def test_a_job_is_claimed_once_by_all(shared: AsyncEngine) -> None:
    claims, hour = JobClaims(shared), timedelta(hours=1)
    granted = await asyncio.gather(*(claims.claim("purge", hour) for _ in range(8)))
    assert granted.count(True) == 1
    assert await claims.claim("recap", hour)
    assert await claims.claim("purge", timedelta(0))


async def test_without_other_processes_every_claim_is_granted() -> None:
    claims = JobClaims(None)
    assert await claims.claim("purge", timedelta(hours=1))
    assert await claims.claim("purge", timedelta(hours=1))
