"""Four processes as the systemd template starts them: its command line and environment, without systemd itself."""

import asyncio
import os
import re
import shlex
import signal
import sys
from asyncio.subprocess import DEVNULL, Process
from pathlib import Path

import aiohttp
import pytest
from fleet import PATIENCE, ROOT, everywhere_counted, until_counted
from postgresql_server import NO_SERVER, SERVER

from sandbox import Sandbox

pytestmark = [pytest.mark.postgresql, NO_SERVER]

TEMPLATE = ROOT / "deploy" / "empreinte@.service"
UNITS = (1, 2, 3, 4)


def command(unit: int) -> list[str]:
    """Return what systemd would run, with this checkout and this Python."""
    found = re.search(r"^ExecStart=(.*)$", TEMPLATE.read_text(encoding="utf-8"), re.MULTILINE)
    assert found
    line = found[1].replace("%i", str(unit)).replace("/opt/empreinte/.venv/bin/python", sys.executable)
    return shlex.split(line)


def port(unit: int) -> int:
    return int(next(part for part in command(unit) if part.startswith("EMPREINTE_METRICS_PORT=")).partition("=")[2])


def environment(sandbox: Sandbox) -> dict[str, str]:
    """Return what `.env` says, and what would clash were it not for the template."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("EMPREINTE_")},
        "DISCORD_TOKEN": sandbox.token,
        "EMPREINTE_DISCORD_API": sandbox.api_root,
        "EMPREINTE_DATABASE_URL": str(SERVER),
        "EMPREINTE_DATA_DIR": str(ROOT / "data"),
        "EMPREINTE_METRICS_PORT": "9464",
    }


async def health(unit: int) -> dict[str, object]:
    try:
        async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port(unit)}/healthz") as answer:
            return await answer.json()
    except aiohttp.ClientError:
        return {}


async def until_well() -> None:
    async with asyncio.timeout(PATIENCE):
        while [(await health(unit)).get("status") for unit in UNITS] != ["ok"] * len(UNITS):
            await asyncio.sleep(0.2)


async def test_they_share_the_shards_and_each_tells_its_health(sandbox: Sandbox, tmp_path: Path) -> None:
    sandbox.gateway.shards, sandbox.gateway.start_limit.max_concurrency = len(UNITS), 16
    authors = await everywhere_counted(sandbox)
    running: list[Process] = []
    try:
        with (tmp_path / "log").open("wb") as log:
            start = asyncio.create_subprocess_exec
            options = {"env": environment(sandbox), "cwd": ROOT, "stdout": DEVNULL, "stderr": log}
            running += [await start(*command(unit), **options) for unit in UNITS]
        await until_well()
        assert [(await health(unit))["shards"] for unit in UNITS] == [{"connected": 1, "expected": 1}] * len(UNITS)
        writing = asyncio.create_task(authors.write())
        await asyncio.sleep(2)
        authors.stop = True
        await writing
        await until_counted(authors)
        for one in running:
            one.send_signal(signal.SIGTERM)
        assert {await asyncio.wait_for(one.wait(), PATIENCE) for one in running} == {0}
    finally:
        for one in running:
            if one.returncode is None:
                one.kill()
    assert "Traceback" not in (tmp_path / "log").read_text()
