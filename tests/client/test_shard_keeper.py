"""A process that waits for shards, or for its turn, outlives a database in trouble."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.client.session_starts import Gateway
from bot.client.shards import shard_keeper
from bot.client.shards.shard_keeper import ShardKeeper
from bot.ledger.coordination.shard_leases import LeaseView

GATEWAY = Gateway(2, "wss://gateway", 1000, 1000, 1.0)


class Leases:
    """Fails once, after the process was registered."""

    def __init__(self) -> None:
        self.renewals = 0

    async def counts(self) -> list[int]:
        return []

    async def renew(self, count: int) -> LeaseView:
        self.renewals += 1
        if self.renewals == 2:
            raise OSError("the primary is gone")
        return LeaseView(frozenset(), count, {"me": 0}, newer_complete=False, older={})

    async def take(self, count: int, number: int) -> frozenset[int]:
        return frozenset(range(min(count, number)))


@pytest.fixture
def keeper(monkeypatch: pytest.MonkeyPatch) -> ShardKeeper:
    monkeypatch.setattr(shard_keeper, "GATHER_SECONDS", 0.0)
    monkeypatch.setattr(shard_keeper, "BEAT_SECONDS", 0.0)
    monkeypatch.setattr(shard_keeper, "IDENTIFY_SECONDS", 0.0)
    client = SimpleNamespace(shard_ids=None, shard_count=None, _connection=SimpleNamespace())
    shared = SimpleNamespace(engine=SimpleNamespace(), leases=Leases())
    return ShardKeeper(cast("Any", client), cast("Any", shared), cast("Any", None), cast("Any", None), None)


async def test_standing_by_outlives_a_database_in_trouble(keeper: ShardKeeper) -> None:
    await keeper.begin(GATEWAY, None)
    assert keeper._served == {0, 1}


async def test_a_turn_comes_without_the_database_too(keeper: ShardKeeper, caplog: pytest.LogCaptureFixture) -> None:
    await keeper.turn(0)
    assert "no turn to identify" in caplog.text
