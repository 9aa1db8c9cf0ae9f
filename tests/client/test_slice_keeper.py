"""A process that serves the same shards all along answers where it has the lease, and takes it when it is free."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.client.session_starts import Gateway
from bot.client.shards import connections, lease_age, slice_keeper
from bot.client.shards.slice_keeper import SliceKeeper
from bot.ledger.coordination.lease_view import LeaseView

GATEWAY = Gateway(3, "wss://gateway", 1000, 1000, 1.0)


@dataclass
class Leases:
    """Those of one process, beside others who hold what isn't free."""

    holder: str = "me"
    mine: set[int] = field(default_factory=set[int])
    free: set[int] = field(default_factory=lambda: {0, 1, 2})
    away: bool = False

    async def counts(self) -> list[int]:
        return []

    async def renew(self, count: int, *, connected: bool = False) -> LeaseView:
        if self.away:
            raise OSError("the primary is gone")
        return LeaseView(frozenset(self.mine), len(self.free), {}, newer_complete=False, older={})

    async def take(self, _: int, number: int, wanted: Collection[int]) -> frozenset[int]:
        taken = set(sorted(self.free & set(wanted))[:number])
        self.free -= taken
        self.mine |= taken
        return frozenset(taken)

    async def leave(self) -> None:
        self.mine = set()

    async def holders(self, *_: object) -> list[str]:
        return ["other"]


def keeper_of(leases: Leases, *fixed: int) -> SliceKeeper:
    shard = SimpleNamespace(is_closed=lambda: False)
    client = SimpleNamespace(shard_ids=None, shards=dict.fromkeys(range(3), shard), _connection=SimpleNamespace())
    shared = SimpleNamespace(engine=None, leases=leases, stirred=asyncio.Event())
    one = SliceKeeper(cast("Any", client), cast("Any", shared), fixed)
    one._leases = cast("Any", leases)
    return one


async def test_all_shards_are_served_and_those_held_are_answered_for(caplog: pytest.LogCaptureFixture) -> None:
    leases = Leases(free={0, 1})
    keeper = keeper_of(leases)
    await keeper.begin(GATEWAY, None)
    assert connections.served(keeper._client) == {0, 1, 2}
    assert [keeper.speaks_for(guild << 22) for guild in range(3)] == [True, True, False]
    assert keeper.speaks_for(None)
    assert "another process serves shards [2] too (other)" in caplog.text
    leases.free = {2}
    await keeper._beat()
    assert keeper.speaks_for(2 << 22)


async def test_who_lost_a_shard_keeps_quiet_and_takes_it_back(caplog: pytest.LogCaptureFixture) -> None:
    leases = Leases()
    keeper = keeper_of(leases)
    await keeper.begin(GATEWAY, None)
    leases.mine = {0}
    await keeper._beat()
    assert [keeper.speaks_for(guild << 22) for guild in range(3)] == [True, False, False]
    assert "another process answers for shards [1, 2] now" in caplog.text
    assert connections.served(keeper._client) == {0, 1, 2}, "it counts on"
    leases.free = {1, 2}
    await keeper._beat()
    assert keeper.speaks_for(1 << 22)


async def test_what_comes_from_elsewhere_is_answered_by_one_of_those_who_hear_it() -> None:
    keeper = keeper_of(Leases(free={1}), 1, 2)
    await keeper.begin(GATEWAY, 3)
    assert keeper.speaks_for(None)
    assert keeper.speaks_for(3 << 22)
    assert not keeper_of(Leases(free={2}), 1, 2).speaks_for(None)


async def test_a_lease_that_ran_out_while_the_database_was_away_is_left_to_its_holder_for_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(slice_keeper, "BEAT_SECONDS", 0.0)
    monkeypatch.setattr("bot.client.shards.lease_keeper.FAST_BEAT_SECONDS", 0.01)
    leases = Leases(free=set())
    keeper = keeper_of(leases)
    await keeper.begin(GATEWAY, None)
    leases.away, leases.free = True, {0, 1, 2}
    keeping = asyncio.create_task(keeper.keep())
    async with asyncio.timeout(30):
        while keeper._troubled_at < 0:
            await asyncio.sleep(0.01)
        leases.away = False
        await asyncio.sleep(0.2)
        assert not leases.mine
        keeper._troubled_at = lease_age.seconds() - slice_keeper.PATIENCE_SECONDS
        while not leases.mine:
            await asyncio.sleep(0.01)
    keeping.cancel()
    assert leases.mine == {0, 1, 2}


async def test_who_leaves_says_nothing_more() -> None:
    leases = Leases()
    keeper = keeper_of(leases)
    await keeper.begin(GATEWAY, None)
    await keeper.leave()
    assert not keeper.speaks_for(None)
