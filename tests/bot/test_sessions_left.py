"""Hardly any sessions are left for today: several processes together begin no more of them than Discord allows."""

import asyncio
from pathlib import Path

import pytest
from fleet import PATIENCE, Authors, Fleet, everywhere_counted, writing
from postgresql_server import NO_SERVER

from sandbox import Sandbox

pytestmark = [pytest.mark.postgresql, NO_SERVER]

SHARDS = 4


@pytest.fixture
async def authors(sandbox: Sandbox) -> Authors:
    sandbox.gateway.shards, sandbox.gateway.start_limit.max_concurrency = SHARDS, 16
    return await everywhere_counted(sandbox)


async def test_the_last_sessions_are_not_begun_twice(sandbox: Sandbox, authors: Authors, tmp_path: Path) -> None:
    """Three are left for four processes, none of which would need more than it is told there are."""
    limit = sandbox.gateway.start_limit
    limit.remaining, limit.reset_after = SHARDS - 1, 8_000
    fleet = Fleet(sandbox, tmp_path / "log")
    async with writing(authors, fleet):
        await fleet.start(SHARDS)
        async with asyncio.timeout(PATIENCE):
            while "no sessions are left" not in fleet.log.read_text():
                assert {one.returncode for one in fleet.running} == {None}, "the token was reset"
                await asyncio.sleep(0.05)
        assert sandbox.gateway.identifies == SHARDS - 1
        limit.remaining = limit.total
        await fleet.until_served(SHARDS)
    assert "Traceback" not in fleet.log.read_text()
