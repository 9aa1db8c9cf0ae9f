"""PostgreSQL hangs under load, for longer than a batch waits, and goes on: totals are exact all the same."""

import asyncio
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import fleet as fleets
import pytest
from fleet import Authors, Fleet, everywhere_counted, writing
from postgresql_server import NO_SERVER

from sandbox import Sandbox
from scripts.postgresql_pair import Server, single

pytestmark = [pytest.mark.postgresql, NO_SERVER]

SHARDS = 2


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with single() as one:
        monkeypatch.setattr(fleets, "SERVER", one.url)
        yield one


@pytest.fixture
async def authors(sandbox: Sandbox, server: Server) -> Authors:
    assert server
    sandbox.gateway.shards, sandbox.gateway.start_limit.max_concurrency = SHARDS, 16
    return await everywhere_counted(sandbox)


def processes(server: Server) -> list[int]:
    """Return the server's processes."""
    parent = int((server.data / "postmaster.pid").read_text().split()[0])
    children = subprocess.run(["pgrep", "-P", str(parent)], capture_output=True, text=True, check=False)
    return [parent, *map(int, children.stdout.split())]


async def test_nothing_is_lost_or_counted_twice(
    sandbox: Sandbox, authors: Authors, server: Server, tmp_path: Path
) -> None:
    fleet = Fleet(sandbox, tmp_path / "log")
    async with writing(authors, fleet):
        await fleet.start(2)
        await fleet.until_served(SHARDS)
        await asyncio.sleep(2)
        hung = processes(server)
        for one in hung:
            os.kill(one, signal.SIGSTOP)
        try:
            async with asyncio.timeout(fleets.PATIENCE):
                while fleet.log.read_text().count("the database is in trouble") < 2:
                    await asyncio.sleep(0.2)
        finally:
            for one in hung:
                os.kill(one, signal.SIGCONT)
        await asyncio.sleep(2)
    log = fleet.log.read_text()
    assert "Traceback" not in log
    assert "refuses entry" not in log
