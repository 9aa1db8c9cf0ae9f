"""A process that waits for shards, or for its turn, outlives a database in trouble."""

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.client.session_starts import Gateway
from bot.client.shards import connections, lease_age, lease_keeper, shard_keeper, turns
from bot.client.shards.shard_keeper import ShardKeeper
from bot.ledger.coordination.lease_view import LeaseView
from bot.ledger.coordination.shard_leases import LEASE_SECONDS

GATEWAY = Gateway(2, "wss://gateway", 1000, 1000, 1.0)


class Leases:
    """Fails once, after the process was registered."""

    def __init__(self) -> None:
        self.renewals = 0

    async def counts(self) -> list[int]:
        return []

    async def renew(self, count: int, *, connected: bool = False) -> LeaseView:
        self.renewals += 1
        if self.renewals == 2:
            raise OSError("the primary is gone")
        return LeaseView(frozenset(), count, {0: 1}, newer_complete=False, older={})

    async def take(self, count: int, number: int) -> frozenset[int]:
        return frozenset(range(min(count, number)))


@pytest.fixture
def keeper(monkeypatch: pytest.MonkeyPatch) -> ShardKeeper:
    monkeypatch.setattr(shard_keeper, "GATHER_SECONDS", 0.0)
    monkeypatch.setattr(lease_keeper, "BEAT_SECONDS", 0.0)
    monkeypatch.setattr(turns, "IDENTIFY_SECONDS", 0.0)
    client = SimpleNamespace(
        shard_ids=None, shard_count=None, shards={}, _connection=SimpleNamespace(), get_guild=lambda _: True
    )
    shared = SimpleNamespace(engine=SimpleNamespace(), leases=Leases(), stirred=asyncio.Event())
    return ShardKeeper(cast("Any", client), cast("Any", shared), cast("Any", None), cast("Any", None))


async def test_standing_by_outlives_a_database_in_trouble(keeper: ShardKeeper) -> None:
    await keeper.begin(GATEWAY, None)
    assert connections.served(keeper._client) == {0, 1}


async def test_a_turn_comes_without_the_database_too(keeper: ShardKeeper, caplog: pytest.LogCaptureFixture) -> None:
    await keeper.turn(0)
    assert "no turn to identify" in caplog.text


async def test_a_turn_that_discord_py_gave_up_waiting_for_is_kept(
    keeper: ShardKeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    reserved: list[int] = []

    async def reserve(_: object, shard_id: int, __: int) -> float:
        reserved.append(shard_id)
        return 0.3

    monkeypatch.setattr(turns, "reserve_turn", reserve)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(keeper.turn(0), 0.1)
    await keeper.turn(0)
    assert reserved == [0]
    await keeper.turn(0)
    assert reserved == [0, 0], "each session has a turn of its own"


async def test_who_hung_for_longer_than_a_lease_lasts_keeps_quiet_until_it_has_looked(
    keeper: ShardKeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    await keeper.begin(GATEWAY, None)
    assert keeper.speaks_for(1)
    now = lease_age.seconds()
    monkeypatch.setattr(lease_age, "seconds", lambda: now + LEASE_SECONDS + 1)
    assert not keeper.speaks_for(1)
    keeper._age.keep()
    assert not keeper.speaks_for(1), "the database in trouble says nothing about what was taken before"
    await keeper._renew()
    assert keeper.speaks_for(1)


async def test_while_the_database_is_in_trouble_everybody_speaks_on(
    keeper: ShardKeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    await keeper.begin(GATEWAY, None)
    now = lease_age.seconds()
    for beats in range(1, 20):
        moment = now + beats * LEASE_SECONDS / 2
        monkeypatch.setattr(lease_age, "seconds", lambda moment=moment: moment)
        assert keeper.speaks_for(1)
        keeper._age.keep()


async def test_nothing_is_said_in_a_server_whose_shard_was_handed_on(keeper: ShardKeeper) -> None:
    await keeper.begin(GATEWAY, None)
    keeper._serve({0})
    assert keeper.speaks_for(2 << 22)
    assert not keeper.speaks_for(3 << 22)
    assert not keeper.serves(1)
