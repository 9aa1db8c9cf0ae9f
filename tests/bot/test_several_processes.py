"""Four processes by lease on one PostgreSQL: totals exact to the message, whoever dies, comes or goes."""

import asyncio
import random
import re
import shutil
from pathlib import Path

import pytest
from fleet import Authors, Fleet, everywhere_counted, writing
from postgresql_server import NO_SERVER, SERVER
from sqlalchemy import make_url

from sandbox import Sandbox
from scripts.postgresql_pair import pooler_before

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


@pytest.mark.skipif(shutil.which("pgbouncer") is None, reason="pgbouncer is not installed")
async def test_all_of_them_behind_a_pooler_in_transaction_mode(
    sandbox: Sandbox, authors: Authors, tmp_path: Path
) -> None:
    fleet, server = Fleet(sandbox, tmp_path / "log"), make_url(str(SERVER))
    with pooler_before(server.port or 5432, server.database or "postgres") as fleet.database:
        async with writing(authors, fleet):
            await fleet.start(2)
            await fleet.until_served(SHARDS)
            await fleet.kill()
            await fleet.start()
            await fleet.until_served(SHARDS)
            await fleet.replace_oldest()
            await fleet.until_served(SHARDS)
    assert "Traceback" not in fleet.log.read_text()
