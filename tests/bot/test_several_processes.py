"""Four processes by lease on one PostgreSQL: totals exact to the message, whoever dies, comes or goes."""

import asyncio
import random
import re
from pathlib import Path

import pytest
from fleet import Authors, Fleet, everywhere_counted, writing
from postgresql_server import NO_SERVER

from sandbox import Sandbox

pytestmark = [pytest.mark.postgresql, NO_SERVER]

SHARDS, PROCESSES = 4, 4


@pytest.fixture
async def authors(sandbox: Sandbox) -> Authors:
    sandbox.gateway.shards, sandbox.gateway.start_limit.max_concurrency = SHARDS, 16
    return await everywhere_counted(sandbox)


async def test_kills_and_a_rolling_restart(sandbox: Sandbox, authors: Authors, tmp_path: Path) -> None:
    fleet = Fleet(sandbox, tmp_path / "log")
    async with writing(authors, fleet):
        await fleet.start(PROCESSES)
        await fleet.until_served(SHARDS)
        for _ in range(2):
            await fleet.kill()
            await fleet.start()
            await asyncio.sleep(random.uniform(2, 8))
        await fleet.until_served(SHARDS)
        for _ in range(PROCESSES):
            await fleet.replace_oldest()
            await fleet.until_served(SHARDS)
    log = (tmp_path / "log").read_text()
    assert "Traceback" not in log
    assert len(re.findall("commands sent to Discord", log)) == 1
