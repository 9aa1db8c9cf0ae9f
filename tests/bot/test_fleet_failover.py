"""Four processes by lease, and the primary PostgreSQL dies under them: its standby takes over, totals are exact."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import fleet as fleets
import pytest
from fleet import Authors, Fleet, everywhere_counted, writing
from postgresql_server import NO_SERVER

from sandbox import Sandbox
from scripts.postgresql_pair import Pair, pair

pytestmark = [pytest.mark.postgresql, NO_SERVER]

SHARDS = PROCESSES = 4


@pytest.fixture
def both(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pair]:
    with pair() as servers:
        monkeypatch.setattr(fleets, "SERVER", servers.url)
        yield servers


@pytest.fixture
async def authors(sandbox: Sandbox, both: Pair) -> Authors:
    assert both
    sandbox.gateway.shards, sandbox.gateway.start_limit.max_concurrency = SHARDS, 16
    return await everywhere_counted(sandbox)


async def test_a_standby_takes_over(sandbox: Sandbox, authors: Authors, both: Pair, tmp_path: Path) -> None:
    fleet = Fleet(sandbox, tmp_path / "log")
    async with writing(authors, fleet):
        await fleet.start(PROCESSES)
        await fleet.until_served(SHARDS)
        await asyncio.sleep(2)
        await asyncio.to_thread(both.primary.kill)
        await asyncio.sleep(3)
        await asyncio.to_thread(both.standby.promote)
        await fleet.kill()
        await fleet.start()
        await asyncio.sleep(2)
        await fleet.until_served(SHARDS)
    log = fleet.log.read_text()
    assert "Traceback" not in log
    assert "refuses entry" not in log
    assert log.count("commands sent to Discord") == 1
