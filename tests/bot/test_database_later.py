"""A process whose PostgreSQL isn't there yet waits for it, says so, and is alive all the while."""

import asyncio
import signal
from pathlib import Path

import aiohttp
import pytest
from fleet import PATIENCE, Fleet

from sandbox import Sandbox
from scripts.postgresql_pair import binaries, free_port, single

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.skipif(binaries() is None, reason="PostgreSQL is not installed"),
]


async def answer(port: int, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as found:
        return found.status, (await found.json())["status"]


async def said(fleet: Fleet, text: str) -> None:
    async with asyncio.timeout(PATIENCE):
        while text not in fleet.log.read_text():
            await asyncio.sleep(0.1)


async def test_it_waits_and_then_starts(sandbox: Sandbox, tmp_path: Path) -> None:
    fleet, port = Fleet(sandbox, tmp_path / "log"), free_port()
    with single() as server:
        server.stop()
        fleet.database = server.url
        try:
            await fleet.start(1, {"EMPREINTE_METRICS_PORT": str(port)})
            await said(fleet, "waiting for the database postgresql+asyncpg://tests@127.0.0.1")
            assert await answer(port, "/livez") == (200, "alive")
            assert await answer(port, "/healthz") == (503, "starting")
            await asyncio.sleep(5)
            await asyncio.to_thread(server.start)
            await said(fleet, "connected as")
            assert await answer(port, "/healthz") == (200, "ok")
            assert await answer(port, "/livez") == (200, "alive")
            await fleet.stop()
        finally:
            await fleet.end()
    log = fleet.log.read_text()
    assert log.count("waiting for the database") == 1, "once a minute is enough"
    assert "Traceback" not in log


async def test_it_ends_while_it_waits(sandbox: Sandbox, tmp_path: Path) -> None:
    fleet = Fleet(sandbox, tmp_path / "log")
    fleet.database = f"postgresql+asyncpg://tests@127.0.0.1:{free_port()}/empreinte"
    await fleet.start(1, {})
    try:
        await said(fleet, "waiting for the database")
        fleet.running[0].send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(fleet.running[0].wait(), PATIENCE) == 0
    finally:
        await fleet.end()


async def test_a_database_that_does_not_exist_is_not_waited_for(sandbox: Sandbox, tmp_path: Path) -> None:
    fleet = Fleet(sandbox, tmp_path / "log")
    with single() as server:
        fleet.database = server.url.replace("/postgres", "/nothing_here")
        await fleet.start(1, {})
        try:
            assert await asyncio.wait_for(fleet.running[0].wait(), PATIENCE) == 2
        finally:
            await fleet.end()
    assert "nothing_here" in fleet.log.read_text()


async def test_one_that_stands_by_is_well(sandbox: Sandbox, tmp_path: Path) -> None:
    fleet, port = Fleet(sandbox, tmp_path / "log"), free_port()
    with single() as server:
        fleet.database = server.url
        try:
            await fleet.start()
            await said(fleet, "connected as")
            await fleet.start(1, {"EMPREINTE_SHARDS": "auto", "EMPREINTE_METRICS_PORT": str(port)})
            await said(fleet, "standing by")
            assert await answer(port, "/healthz") == (200, "standby")
            assert await answer(port, "/livez") == (200, "alive")
            await fleet.kill_first()
            async with asyncio.timeout(PATIENCE):
                while await answer(port, "/healthz") != (200, "ok"):
                    await asyncio.sleep(0.1)
            await fleet.stop()
        finally:
            await fleet.end()
