"""Discord advises more shards: a rolling restart adopts them, and no server is silent for long."""

import asyncio
from pathlib import Path

import pytest
from fleet import PATIENCE, Authors, Fleet, everywhere_counted, writing
from listening import Listening, watched
from postgresql_server import NO_SERVER

from sandbox import Sandbox

pytestmark = [pytest.mark.postgresql, NO_SERVER]

FEW, MANY, MORE = 2, 4, 8


@pytest.fixture
async def authors(sandbox: Sandbox) -> Authors:
    sandbox.gateway.shards, sandbox.gateway.start_limit.max_concurrency = FEW, 1
    return await everywhere_counted(sandbox)


async def until_only(seen: Listening, count: int) -> None:
    """Return once each shard of a count has one session, and there are no others."""
    async with asyncio.timeout(PATIENCE):
        while seen.connected(count) != list(range(count)) or any(
            seen.connected(other) for other in (FEW, MANY, MORE) if other != count
        ):
            await asyncio.sleep(0.1)


async def who_is_left_stays_until_all_are_connected(seen: Listening) -> None:
    """Return when the smaller count is served no more; the larger one must be, by then."""
    whole = False
    async with asyncio.timeout(PATIENCE):
        while seen.connected(FEW):
            whole = whole or seen.connected(MANY) == list(range(MANY))
            await asyncio.sleep(0.02)
    assert whole


async def test_a_rolling_restart_adopts_a_larger_number(sandbox: Sandbox, authors: Authors, tmp_path: Path) -> None:
    fleet = Fleet(sandbox, tmp_path / "log")
    async with writing(authors, fleet), watched(sandbox, authors.guilds) as seen:
        await fleet.start(2)
        await until_only(seen, FEW)
        sandbox.gateway.shards = MANY
        await fleet.replace_oldest()
        await who_is_left_stays_until_all_are_connected(seen)
        await until_only(seen, MANY)
        await fleet.replace_oldest()
        await asyncio.sleep(1)
        await until_only(seen, MANY)
        await asyncio.sleep(5)
        await until_only(seen, MANY)  # handed on once more, perhaps; but nobody serves what another one does
    assert not seen.nobody
    assert seen.longest_silence < PATIENCE
    log = (tmp_path / "log").read_text()
    assert "Traceback" not in log
    assert "beginning anew" in log


async def test_who_comes_while_another_one_connects_is_handed_a_part(
    sandbox: Sandbox, authors: Authors, tmp_path: Path
) -> None:
    sandbox.gateway.shards = MORE
    fleet = Fleet(sandbox, tmp_path / "log")
    async with writing(authors, fleet), watched(sandbox, authors.guilds) as seen:
        await fleet.start()
        async with asyncio.timeout(PATIENCE):
            while not seen.connected(MORE):
                await asyncio.sleep(0.05)
        await fleet.start()
        async with asyncio.timeout(PATIENCE):
            while "handing shards" not in fleet.log.read_text():
                await asyncio.sleep(0.1)
        await until_only(seen, MORE)
        async with asyncio.timeout(PATIENCE):
            while fleet.log.read_text().count("connected as") < 2:
                await asyncio.sleep(0.1)
        await until_only(seen, MORE)
